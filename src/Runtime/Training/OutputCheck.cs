using Unroll.Compiled;

namespace Unroll;

/// <summary>Looks at what the network says of the first batch: a loss that is given other than it expects learns badly, and in silence.</summary>
internal static class OutputCheck
{
    public static void Run(TrainingContext context, TrainingStep step, int samples)
    {
        // Behind an activation whose input the loss takes, the outputs are what they must be.
        if (step.FusesHead)
        {
            return;
        }

        int block = context.Model.Network.BlockSamples;
        for (int first = 0; first < samples; first += block)
        {
            OutputRows rows = step.Outputs(first, Math.Min(block, samples - first));
            for (int row = 0; row < rows.Count; row++)
            {
                if (context.Model.Loss!.FindMisuse(rows.Output(row)) is string misuse)
                {
                    context.Warn(misuse);
                    return;
                }
            }
        }
    }
}
