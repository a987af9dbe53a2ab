namespace Unroll.Optimizers;

/// <summary>Clips gradients and decays parameters for an optimizer whose update does not do it on the way: a user's own.</summary>
internal static class GradientPreparation
{
    // Small enough for the stack, long enough for the loop of the update to pay.
    private const int ChunkLength = 512;

    public static void Run(Optimizer optimizer, in OptimizerStep step)
    {
        float limit = optimizer.ClipValue ?? float.PositiveInfinity;
        float decay = step.LearningRate * optimizer.WeightDecay;
        Span<float> prepared = stackalloc float[ChunkLength];
        for (int start = 0; start < step.Parameters.Length; start += ChunkLength)
        {
            int count = Math.Min(ChunkLength, step.Parameters.Length - start);
            Span<float> gradients = prepared[..count];
            for (int i = 0; i < count; i++)
            {
                gradients[i] = Math.Clamp(step.Gradients[start + i] * step.GradientScale, -limit, limit);
                step.Parameters[start + i] -= decay * step.Parameters[start + i];
            }

            optimizer.Update(step.Part(start, gradients));
        }
    }
}
