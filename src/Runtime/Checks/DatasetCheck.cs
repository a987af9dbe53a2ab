using Unroll.Compiled;

namespace Unroll.Checks;

/// <summary>Holds a data set against the network, the loss and the metrics before any kernel runs.</summary>
internal static class DatasetCheck
{
    /// <exception cref="ArgumentException">The sizes do not fit, a value is not finite, or the loss refuses a target.</exception>
    public static void Require(NetworkDescription network, OutputGoal[] goals, Dataset data, string argument)
    {
        if (FindFault(network, goals, data) is string fault)
        {
            throw new ArgumentException($"{fault}.", argument);
        }
    }

    /// <summary>What is wrong with the data; null where nothing is.</summary>
    public static string? FindFault(NetworkDescription network, OutputGoal[] goals, Dataset data) =>
        FaultOfInputs(network, data) ?? FaultOfOutputs(network, goals, data) ?? FiniteData.FindFaultOfSmall(network, goals, data)
            ?? IdCheck.FindFault(network, data.Features) ?? FaultOfTargets(goals, data) ?? FaultOfWeights(goals, data);

    /// <summary>What is wrong with the sizes of the features; null where nothing is.</summary>
    public static string? FaultOfInputs(NetworkDescription network, Dataset data)
    {
        // What one input reads may be joined of any columns.
        if (data.Inputs.AreKnown && network.Inputs.Count > 1)
        {
            if (data.Inputs.Count != network.Inputs.Count)
            {
                string names = string.Join(" and ", network.Inputs.Select(static input => input.Name));
                return $"{network.Name} takes {network.Inputs.Count} inputs ({names}), but there are {data.Inputs.Count} arrays of inputs";
            }

            for (int i = 0; i < network.Inputs.Count; i++)
            {
                InputDescription input = network.Inputs[i];
                if (data.Inputs[i] != input.Size)
                {
                    return $"Input {input.Name} takes {input.Size} values a sample, but array {i} of the inputs has {data.Inputs[i]}";
                }
            }
        }

        return data.FeatureSize != network.InputSize
            ? $"{network.Name} takes {network.Samples}, but the data has {data.FeatureSize}"
            : null;
    }

    private static string? FaultOfOutputs(NetworkDescription network, OutputGoal[] goals, Dataset data)
    {
        if (data.Outputs.AreKnown && goals.Length > 1)
        {
            if (data.Outputs.Count != goals.Length)
            {
                string names = string.Join(" and ", goals.Select(static goal => goal.Output.Name));
                return $"{network.Name} has {goals.Length} outputs ({names}), but there are {data.Outputs.Count} arrays of targets";
            }

            for (int i = 0; i < goals.Length; i++)
            {
                if (data.Outputs[i] != goals[i].TargetSize)
                {
                    return $"{ExpectationOf(goals[i])}, but array {i} of the targets has {data.Outputs[i]}";
                }
            }
        }

        int expected = 0;
        foreach (OutputGoal goal in goals)
        {
            expected += goal.TargetSize;
        }

        return data.TargetSize != expected
            ? $"{string.Join(" and ", goals.Select(ExpectationOf))}, but the data has {(data.TargetSize == 0 ? "no targets" : data.TargetSize)}{HintOf(goals, data)}"
            : null;
    }

    // Never guessed: one weight a sample, or one for each step of every output.
    private static string? FaultOfWeights(OutputGoal[] goals, Dataset data)
    {
        for (int i = 0; i < goals.Length && data.WeightSize > 1; i++)
        {
            OutputDescription output = goals[i].Output;
            if (output.Vectors != data.WeightSize)
            {
                return $"{(goals.Length == 1 ? "An output" : $"Output {output.Name}")} of {LogicalShape.Describe(output.Shape)} expects {(output.Vectors == 1 ? "1 weight" : $"1 or {output.Vectors} weights")} a sample, "
                    + $"but the data has {data.WeightSize}";
            }
        }

        return data.FaultOfWeights();
    }

    // Without an enumerator: this is asked of every batch of a sequence.
    private static string? FaultOfTargets(OutputGoal[] goals, Dataset data)
    {
        string? fault = null;
        for (int i = 0; i < goals.Length && fault is null; i++)
        {
            fault = FaultOfTargets(goals[i], data);
        }

        return fault;
    }

    // A Dense layer works on the last axis: without a Flatten before it there is a prediction for each row of the sample.
    private static string HintOf(OutputGoal[] goals, Dataset data) =>
        goals is [var goal] && goal.Output.Vectors > 1 && data.TargetSize == goal.TargetColumns
            ? $", as many as for one vector of {goal.Output.Columns}; a [Flatten] before the first Dense layer makes one prediction a sample "
                + $"of the {goal.Output.Vectors}"
            : "";

    private static string ExpectationOf(OutputGoal goal)
    {
        string output = goal.Prefix.Length == 0 ? "an output" : $"output {goal.Output.Name}";
        return $"{goal.Loss.Name} over {output} of {LogicalShape.Describe(goal.Output.Shape)} expects {goal.TargetSize} target values a sample";
    }

    private static string? FaultOfTargets(OutputGoal goal, Dataset data)
    {
        int length = goal.TargetColumns;
        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> target = data.TargetOf(row).Slice(goal.TargetOffset, goal.TargetSize);
            for (int first = 0; first < target.Length; first += length)
            {
                ReadOnlySpan<float> vector = target.Slice(first, length);
                if (goal.Loss.FindFault(vector, goal.Output.Columns) is string fault)
                {
                    string output = goal.Prefix.Length == 0 ? "" : $" for output {goal.Output.Name}";
                    return $"{goal.Loss.Name}: the target of row {row}{output} is not usable: {fault}";
                }

                foreach (Metric metric in goal.Metrics)
                {
                    if (metric.FindFault(vector, goal.Output.Columns) is string misfit)
                    {
                        return $"{metric.Name}: the target of row {row} is not usable: {misfit}";
                    }
                }
            }
        }

        return null;
    }
}
