namespace Unroll.Optimizers;

/// <summary>Clips gradients and decays parameters for an optimizer whose update does not do it on the way: a user's own.</summary>
internal static class GradientPreparation
{
    // Small enough for the stack, long enough for the loop of the update to pay.
    public const int ChunkLength = 512;

    /// <summary>The part of a step that begins at <paramref name="start"/>, at most as long as there is room, with gradients clipped and parameters decayed.</summary>
    /// <param name="step">The whole step.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="room">Receives its gradients.</param>
    /// <param name="limit">The largest magnitude of a gradient.</param>
    /// <param name="weightDecay">What a learning rate of 1 takes of a parameter.</param>
    public static OptimizerStep Prepare(in OptimizerStep step, int start, Span<float> room, float limit, float weightDecay)
    {
        float decay = step.LearningRate * weightDecay;
        Span<float> gradients = room[..Math.Min(room.Length, step.Parameters.Length - start)];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = Math.Clamp(step.Gradients[start + i] * step.GradientScale, -limit, limit);
            step.Parameters[start + i] -= decay * step.Parameters[start + i];
        }

        return step.Part(start, gradients);
    }
}
