using Unroll.Losses;

namespace Unroll;

/// <summary>Squared hinge loss, <c>L = (1/n)·Σᵢ max(1 − yᵢ·pᵢ, 0)²</c> over a vector of n values.</summary>
/// <remarks>
/// Target: as long as the prediction, −1 or 1; a vector of 0 and 1 is read as −1 and 1. The derivative is
/// <c>−2·y·max(1 − y·p, 0)/n</c>. Definition: <c>keras.losses.SquaredHinge</c> (Keras 3), which decides between the two kinds of target by
/// the whole batch.
/// </remarks>
/// <example><code>model.Compile(new SGD(), new SquaredHinge());</code></example>
public sealed class SquaredHinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "squared_hinge";

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        bool binary = HingeTarget.IsBinary(target);
        float scale = 2f / prediction.Length;
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            float y = binary ? (2f * target[i]) - 1f : target[i];
            float margin = MathF.Max(1f - (y * prediction[i]), 0f);
            sum += margin * margin;
            if (!gradient.IsEmpty)
            {
                gradient[i] = -y * margin * scale;
            }
        }

        return (float)(sum / prediction.Length);
    }
}
