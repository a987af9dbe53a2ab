using Unroll.Compiled;

namespace Unroll;

/// <summary>Looks at what the network says of the first batch: a loss that is given other than it expects learns badly, and in silence.</summary>
internal static class OutputCheck
{
    public static void Run(TrainingContext context, TrainingStep step, int samples)
    {
        foreach (OutputStep output in step.Outputs)
        {
            // Behind an activation whose input the loss takes, the outputs are what they must be.
            if (!output.FusesHead && FindMisuse(context, step, output, samples) is string misuse)
            {
                context.Warn(misuse);
            }
        }
    }

    private static string? FindMisuse(TrainingContext context, TrainingStep step, OutputStep output, int samples)
    {
        int block = context.Model.Network.BlockSamples;
        for (int first = 0; first < samples; first += block)
        {
            OutputRows rows = step.Rows(output, first, Math.Min(block, samples - first));
            for (int row = 0; row < rows.Count; row++)
            {
                if (output.Goal.Loss.FindMisuse(rows.Output(row)) is string misuse)
                {
                    return misuse;
                }
            }
        }

        return null;
    }
}
