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

    /// <inheritdoc/>
    // For a few outputs, calls and checks for every sample would take longer than the loss.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool EvaluateRows(in LossRows rows)
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
        nint stride = rows.Outputs.Stride;
        nint gradientStride = hasGradients ? stride : 0;
        float mean = 2f / columns;
        double share = 1.0 / columns;
        float batchShare = rows.Share;
        Span<float> losses = rows.Losses;
        ReadOnlySpan<float> weights = rows.Weights[..losses.Length];
        int left = rows.Outputs.Targets.Length;
        for (int row = 0; row < losses.Length; row++)
        {
            float weight = weights[row];
            float scale = weight * batchShare * mean;
            double sum = columns <= Vector128<float>.Count
                ? OfVector(ref outputs, ref targets, ref gradients, columns, left, scale)
                : OfValues(ref outputs, ref targets, ref gradients, columns, scale);
            losses[row] = weight * (float)(sum * share);
            left -= columns;
            targets = ref Unsafe.Add(ref targets, (nint)columns);
            outputs = ref Unsafe.Add(ref outputs, stride);
            gradients = ref Unsafe.Add(ref gradients, gradientStride);
        }

        return true;
    }

    // What stands behind the columns, padding or the next row's targets, counts as 0; behind the last targets, of which some are left, nothing may be read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OfVector(ref float outputs, ref float targets, ref float gradients, int columns, int left, float scale)
    {
        Vector128<float> isColumn = Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(columns)).AsSingle();
        Vector128<float> target = left >= Vector128<float>.Count ? Vector128.LoadUnsafe(ref targets) : LoadFirst(ref targets, left);
        Vector128<float> error = (Vector128.LoadUnsafe(ref outputs) - target) & isColumn;
        (error * scale).ToVector256().ToVector512().StoreUnsafe(ref gradients);
        (Vector128<double> low, Vector128<double> high) = Vector128.Widen(error * error);
        return Vector128.Sum(low + high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadFirst(ref float values, int count) => Vector128.Create(
        values, count > 1 ? Unsafe.Add(ref values, 1) : 0f, count > 2 ? Unsafe.Add(ref values, 2) : 0f, 0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OfValues(ref float outputs, ref float targets, ref float gradients, int columns, float scale)
    {
        double sum = 0;
        Vector512<float>.Zero.StoreUnsafe(ref gradients);
        for (int i = 0; i < columns; i++)
        {
            float error = Unsafe.Add(ref outputs, i) - Unsafe.Add(ref targets, i);
            sum += error * error;
            Unsafe.Add(ref gradients, i) = scale * error;
        }

        return sum;
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
