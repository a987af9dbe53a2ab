using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Kullback-Leibler divergence of a distribution over K classes, <c>L = Σᵢ yᵢ·ln(yᵢ/pᵢ)</c>, both clipped to [1e-7, 1].
/// </summary>
/// <remarks>
/// Target: as long as the prediction, values in [0, 1]. The derivative is <c>−y/p</c>, 0 outside the clip. Definition:
/// <c>keras.losses.KLDivergence</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new KLDivergence());</code></example>
public sealed class KLDivergence : Loss
{
    /// <inheritdoc/>
    public override string Name => "kl_divergence";

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => Probability.FindFault(target);

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        double loss = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            // Math.Clamp passes NaN.
            float p = Math.Clamp(prediction[i], Probability.Epsilon, 1f);
            float y = Math.Clamp(target[i], Probability.Epsilon, 1f);
            loss += y * MathF.Log(y / p);
            if (!gradient.IsEmpty)
            {
                gradient[i] = prediction[i] is < Probability.Epsilon or > 1f ? 0f : -y / p;
            }
        }

        return (float)loss;
    }
}
