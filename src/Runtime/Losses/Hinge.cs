using Unroll.Losses;

namespace Unroll;

/// <summary>Hinge loss, <c>L = (1/n)·Σᵢ max(1 − yᵢ·pᵢ, 0)</c> over a vector of n values.</summary>
/// <remarks>
/// Target: as long as the prediction, −1 or 1; a vector of 0 and 1 is read as −1 and 1. The derivative is −y/n where the term is positive,
/// else 0. Definition: <c>keras.losses.Hinge</c> (Keras 3), which decides between the two kinds of target by the whole batch.
/// </remarks>
/// <example><code>model.Compile(new SGD(), new Hinge());</code></example>
public sealed class Hinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "hinge";

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        bool binary = HingeTarget.IsBinary(target);
        float scale = 1f / prediction.Length;
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            float y = binary ? (2f * target[i]) - 1f : target[i];
            float margin = MathF.Max(1f - (y * prediction[i]), 0f);
            sum += margin;
            if (!gradient.IsEmpty)
            {
                gradient[i] = margin > 0f ? -y * scale : margin;
            }
        }

        return (float)(sum / prediction.Length);
    }
}
