using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>
/// Mean squared error, <c>L = (1/n)·Σᵢ (pᵢ − yᵢ)²</c> over a vector of n values; <c>∂L/∂pᵢ = 2·(pᵢ − yᵢ)/n</c>.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. Definition: <c>keras.losses.MeanSquaredError</c> (Keras 3). As a metric it is called
/// <c>mean_squared_error</c>.
/// </remarks>
/// <example><code>model.Compile(new SGD(0.01f), new MeanSquaredError());</code></example>
public sealed class MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_error";

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
                float error = prediction[i] - target[i];
                sum += error * error;
            }
        }
        else
        {
            float scale = 2f / prediction.Length;
            for (int i = 0; i < prediction.Length; i++)
            {
                float error = prediction[i] - target[i];
                sum += error * error;
                gradient[i] = scale * error;
            }
        }

        return (float)(sum / prediction.Length);
    }
}
