using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private const int MostColumnsOfRows = 16;

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

    // For a few outputs, calls and checks for every sample would take longer than the loss.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool EvaluateRows(in LossRows rows)
    {
        int columns = rows.Outputs.Columns;
        if (columns > MostColumnsOfRows)
        {
            return false;
        }

        // Where no gradients are wanted, one line is written again and again.
        Vector512<float> line = default;
        bool hasGradients = rows.HasGradients;
        ref float gradients = ref hasGradients ? ref rows.Gradient(0)[0] : ref Unsafe.As<Vector512<float>, float>(ref line);
        ref float outputs = ref Unsafe.AsRef(in rows.Outputs.First);
        ref float targets = ref MemoryMarshal.GetReference(rows.Outputs.Targets);
        int stride = rows.Outputs.Stride;
        int gradientStride = hasGradients ? stride : 0;
        float mean = 2f / columns;
        float share = rows.Share;
        Span<float> losses = rows.Losses;
        ReadOnlySpan<float> weights = rows.Weights[..losses.Length];
        for (int row = 0; row < losses.Length; row++)
        {
            float weight = weights[row];
            float scale = weight * share * mean;
            Vector512<float>.Zero.StoreUnsafe(ref gradients);
            double sum = 0;
            for (int i = 0; i < columns; i++)
            {
                float error = Unsafe.Add(ref outputs, i) - Unsafe.Add(ref targets, i);
                sum += error * error;
                Unsafe.Add(ref gradients, i) = scale * error;
            }

            losses[row] = weight * (float)(sum / columns);
            targets = ref Unsafe.Add(ref targets, columns);
            outputs = ref Unsafe.Add(ref outputs, stride);
            gradients = ref Unsafe.Add(ref gradients, gradientStride);
        }

        return true;
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
