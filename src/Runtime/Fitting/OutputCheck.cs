using Unroll.Compiled;

namespace Unroll.Fitting;

/// <summary>Looks at what the network says of the first batch: a loss that is given other than it expects learns badly, and in silence.</summary>
internal static class OutputCheck
{
    public static void Run(TrainingEvents events, int block, TrainingStep step, int samples)
    {
        foreach (OutputStep output in step.Outputs)
        {
            // Behind an activation whose input the loss takes, the outputs are what they must be.
            if (!output.FusesHead
                && (FindHeadMisuse(output.Goal) ?? FindMisuse(block, step, output, samples)) is string misuse)
            {
                events.Warn(output.Goal.Prefix.Length == 0 ? misuse : $"Output {output.Goal.Output.Name}: {misuse}");
            }
        }
    }

    // Probabilities taken for logits look like small logits, so that no values tell of it.
    private static string? FindHeadMisuse(OutputGoal goal)
    {
        string loss = goal.Loss.GetType().Name;
        return goal.Loss.LogitsActivation is { } head && goal.Output.Head == head
            ? $"{loss} is given logits, for fromLogits is true, but the network ends with Activation.{head}, which makes probabilities of them. "
                + $"Leave fromLogits: true out of {loss}, or the activation out of the network."
            : null;
    }

    private static string? FindMisuse(int block, TrainingStep step, OutputStep output, int samples)
    {
        for (int first = 0; first < samples; first += block)
        {
            OutputRows rows = step.Rows(output, first, Math.Min(block, samples - first));
            for (int row = 0; row < rows.Count; row++)
            {
                if (rows.Counts(row) && output.Goal.Loss.FindMisuse(rows.Output(row)) is string misuse)
                {
                    return misuse;
                }
            }
        }

        return null;
    }
}
