namespace Unroll.Numerics.Tests.Harness;

/// <summary>Σ prediction·target, undone of the mean over the vectors of the batch: its gradient is the target.</summary>
/// <param name="vectors">The vectors of all samples.</param>
internal sealed class LinearLoss(int vectors) : Loss
{
    public override string Name => "linear";

    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float sum = 0f;
        for (int i = 0; i < prediction.Length; i++)
        {
            sum += prediction[i] * target[i] * vectors;
            if (!gradient.IsEmpty)
            {
                gradient[i] = target[i] * vectors;
            }
        }

        return sum;
    }
}
