using System.Numerics;
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
        float scale = 2f / prediction.Length;
        int whole = gradient.IsEmpty ? 0 : prediction.Length / Vector<float>.Count * Vector<float>.Count;
        double sum = OfVectors(prediction[..whole], target, gradient, scale);
        for (int i = whole; i < prediction.Length; i++)
        {
            float error = prediction[i] - target[i];
            sum += error * error;
            if (!gradient.IsEmpty)
            {
                gradient[i] = scale * error;
            }
        }

        return (float)(sum / prediction.Length);
    }

    private static double OfVectors(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient, float scale)
    {
        Vector<double> sum = Vector<double>.Zero;
        for (int i = 0; i < prediction.Length; i += Vector<float>.Count)
        {
            Vector<float> error = new Vector<float>(prediction[i..]) - new Vector<float>(target[i..]);
            (error * scale).CopyTo(gradient[i..]);
            Vector.Widen(error * error, out Vector<double> low, out Vector<double> high);
            sum += low + high;
        }

        return Vector.Sum(sum);
    }
}
