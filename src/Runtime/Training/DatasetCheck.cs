using Unroll.Compiled;

namespace Unroll;

/// <summary>Holds a data set against the network and the loss before any kernel runs.</summary>
internal static class DatasetCheck
{
    /// <exception cref="ArgumentException">The sizes do not fit, a value is not finite, or the loss refuses a target.</exception>
    public static void Require(Model model, Dataset data, string argument)
    {
        if (FindFault(model, data) is string fault)
        {
            throw new ArgumentException($"{fault}.", argument);
        }
    }

    /// <summary>What is wrong with the data; null where nothing is.</summary>
    public static string? FindFault(Model model, Dataset data)
    {
        NetworkDescription network = model.Network;
        if (data.FeatureSize != network.InputSize)
        {
            return $"{network.Name} takes samples of {network.InputSize} values ({network.InputShapes}), but the data has {data.FeatureSize}";
        }

        int expected = model.Goals.Sum(static goal => goal.TargetSize);
        return data.TargetSize != expected
            ? $"{string.Join(" and ", model.Goals.Select(ExpectationOf))}, but the data has {data.TargetSize}"
            : FiniteData.FindFaultOfSmall(data)
                ?? model.Goals.Select(goal => FaultOfTargets(goal, data)).FirstOrDefault(static fault => fault is not null)
                ?? data.FaultOfWeights();
    }

    private static string ExpectationOf(OutputGoal goal)
    {
        string output = goal.Prefix.Length == 0 ? "an output" : $"output {goal.Output.Name}";
        return $"{goal.Loss.Name} over {output} of {NetworkDescription.ShapeOf(goal.Output.Shape)} expects {goal.TargetSize} target values a sample";
    }

    private static string? FaultOfTargets(OutputGoal goal, Dataset data)
    {
        int length = goal.TargetColumns;
        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> target = data.TargetOf(row).Slice(goal.TargetOffset, goal.TargetSize);
            for (int first = 0; first < target.Length; first += length)
            {
                if (goal.Loss.FindFault(target.Slice(first, length), goal.Output.Columns) is string fault)
                {
                    string output = goal.Prefix.Length == 0 ? "" : $" for output {goal.Output.Name}";
                    return $"{goal.Loss.Name}: the target of row {row}{output} is not usable: {fault}";
                }
            }
        }

        return null;
    }
}
