using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>
/// Mean absolute error, <c>L = (1/n)·Σᵢ |pᵢ − yᵢ|</c> over a vector of n values; <c>∂L/∂pᵢ = sign(pᵢ − yᵢ)/n</c>, 0 where they are equal.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. Definition: <c>keras.losses.MeanAbsoluteError</c> (Keras 3). As a metric it is called
/// <c>mean_absolute_error</c>.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new MeanSquaredError(), new MeanAbsoluteError());</code></example>
public sealed class MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mean_absolute_error";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        double sum = 0;
        if (gradient.IsEmpty)
        {
            for (int i = 0; i < prediction.Length; i++)
            {
                sum += MathF.Abs(prediction[i] - target[i]);
            }
        }
        else
        {
            float scale = 1f / prediction.Length;
            for (int i = 0; i < prediction.Length; i++)
            {
                float error = prediction[i] - target[i];
                sum += MathF.Abs(error);

                // MathF.Sign would throw on NaN instead of passing it on.
                gradient[i] = error > 0f ? scale : error < 0f ? -scale : error;
            }
        }

        return (float)(sum / prediction.Length);
    }
}
