using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>
/// A loss that is the mean over a vector of one term for each predicted value: <c>L = (1/n)·Σᵢ term(pᵢ, yᵢ)</c>.
/// Derive from it to write your own in one method.
/// </summary>
public abstract class ElementwiseLoss : Loss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        double sum = 0;
        if (gradient.IsEmpty)
        {
            for (int i = 0; i < prediction.Length; i++)
            {
                sum += Term(prediction[i], target[i], out _);
            }
        }
        else
        {
            float scale = 1f / prediction.Length;
            for (int i = 0; i < prediction.Length; i++)
            {
                sum += Term(prediction[i], target[i], out float derivative);
                gradient[i] = derivative * scale;
            }
        }

        return (float)(sum / prediction.Length);
    }

    /// <summary>The loss of one predicted value, before the mean.</summary>
    /// <param name="prediction">The predicted value.</param>
    /// <param name="target">Its target.</param>
    /// <param name="derivative">∂term/∂prediction, before the mean.</param>
    protected abstract float Term(float prediction, float target, out float derivative);
}
