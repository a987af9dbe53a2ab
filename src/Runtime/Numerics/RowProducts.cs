using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>Products of two values of each sample, of which neither is a parameter.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowProducts
{
    /// <summary>y[m, n] = Σₖ a[m, k]·b[n, k]; padding of y becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ref float a, ref float b, ref float y, nuint samples, int rows, int columns, int depth, int aStride, int bStride, int yStride)
    {
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    Unsafe.Add(ref y, column) = Dot(ref a, ref Unsafe.Add(ref b, column * bStride), depth);
                }

                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, columns), yStride - columns).Clear();
                a = ref Unsafe.Add(ref a, aStride);
                y = ref Unsafe.Add(ref y, yStride);
            }

            b = ref Unsafe.Add(ref b, columns * bStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Dot(ref float a, ref float b, int depth)
    {
        Vector<float> sum = Vector<float>.Zero;
        int k = 0;
        for (; k <= depth - Vector<float>.Count; k += Vector<float>.Count)
        {
            sum = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref a, (nuint)k), Vector.LoadUnsafe(ref b, (nuint)k), sum);
        }

        float rest = Vector.Sum(sum);
        for (; k < depth; k++)
        {
            rest += Unsafe.Add(ref a, k) * Unsafe.Add(ref b, k);
        }

        return rest;
    }
}
