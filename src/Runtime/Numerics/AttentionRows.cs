using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>What attention needs beside products.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AttentionRows
{
    /// <summary>Copies [steps, heads, columns] to [heads, columns, steps]; padding of y becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StepsLast(ref float x, ref float y, nuint samples, int steps, int heads, int columns, int xStride, int yStride)
    {
        int xStep = heads * xStride;
        int whole = steps / 4 * 4;
        for (; samples != 0; samples--)
        {
            for (int head = 0; head < heads; head++)
            {
                ref float from = ref Unsafe.Add(ref x, head * xStride);
                for (int column = 0; column < columns; column += 4)
                {
                    // Vectors are padded: what stands behind the last column of x is there, and is not kept.
                    int rows = Math.Min(4, columns - column);
                    for (int step = 0; step < whole; step += 4)
                    {
                        PanelTranspose.Four(
                            ref Unsafe.Add(ref from, (step * xStep) + column), (nuint)xStep, ref Unsafe.Add(ref y, step), (nuint)yStride, rows);
                    }

                    for (int row = 0; row < rows; row++)
                    {
                        for (int step = whole; step < steps; step++)
                        {
                            Unsafe.Add(ref y, (row * yStride) + step) = Unsafe.Add(ref from, (step * xStep) + column + row);
                        }

                        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, (row * yStride) + steps), yStride - steps).Clear();
                    }

                    y = ref Unsafe.Add(ref y, rows * yStride);
                }
            }

            x = ref Unsafe.Add(ref x, steps * xStep);
        }
    }

    /// <summary>y = softmax of the first t + 1 columns of row t, and 0 behind them.</summary>
    /// <param name="x">Rows, all of a head behind each other.</param>
    /// <param name="y">Receives them.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="heads">The heads of a sample.</param>
    /// <param name="rows">The rows of a head.</param>
    /// <param name="columns">The columns of a row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    public static void CausalSoftmax(ref float x, ref float y, nuint samples, int heads, int rows, int columns, int stride)
    {
        if (SimdWidth.Is512)
        {
            CausalSoftmax<Simd512, Vector512<float>>(ref x, ref y, samples * (nuint)heads, rows, columns, stride);
        }
        else if (SimdWidth.Is256)
        {
            CausalSoftmax<Simd256, Vector256<float>>(ref x, ref y, samples * (nuint)heads, rows, columns, stride);
        }
        else
        {
            CausalSoftmax<Simd128, Vector128<float>>(ref x, ref y, samples * (nuint)heads, rows, columns, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CausalSoftmax<S, V>(ref float x, ref float y, nuint heads, int rows, int columns, int stride)
        where S : struct, ISimd<V>
        where V : struct
    {
        for (; heads != 0; heads--)
        {
            for (int row = 0; row < rows; row++)
            {
                Softmax<S, V>(ref x, ref y, (nuint)Math.Min(row + 1, columns), (nuint)stride);
                x = ref Unsafe.Add(ref x, stride);
                y = ref Unsafe.Add(ref y, stride);
            }
        }
    }

    // Rows are padded to whole vectors: what stands behind the columns is loaded, and counts as nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Softmax<S, V>(ref float x, ref float y, nuint columns, nuint stride)
        where S : struct, ISimd<V>
        where V : struct
    {
        nuint whole = columns / (nuint)S.Count * (nuint)S.Count;
        float largest = float.NegativeInfinity;
        for (nuint i = 0; i < columns; i++)
        {
            largest = MathF.Max(largest, Unsafe.Add(ref x, i));
        }

        // Subtract the maximum first: the exponential overflows above 88.7.
        V shift = S.Broadcast(largest);
        V sum = S.Zero;
        for (nuint i = 0; i < stride; i += (nuint)S.Count)
        {
            V e = i < columns ? Exponential<S, V>.ExpOrZero(S.Subtract(S.Load(ref x, i), shift)) : S.Zero;
            S.Store(e, ref y, i);
            if (i < whole)
            {
                sum = S.Add(sum, e);
            }
        }

        float total = S.Sum(sum);
        for (nuint i = whole; i < columns; i++)
        {
            total += Unsafe.Add(ref y, i);
        }

        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, columns), (int)(stride - columns)).Clear();
        V scale = S.Broadcast(1f / total);
        for (nuint i = 0; i < columns; i += (nuint)S.Count)
        {
            S.Store(S.Multiply(S.Load(ref y, i), scale), ref y, i);
        }
    }
}
