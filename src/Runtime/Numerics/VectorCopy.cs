using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Copies samples between layouts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorCopy
{
    /// <summary>
    /// Copies the <paramref name="size"/> elements of each sample, row-major, from vectors of <paramref name="xColumns"/> to vectors of
    /// <paramref name="yColumns"/>; padding of y becomes 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Repack(
        ref float x, ref float y, nuint samples, int size, int xColumns, int xStride, int yColumns, int yStride)
    {
        int xSample = size / xColumns * xStride;
        int ySample = size / yColumns * yStride;
        for (; samples != 0; samples--)
        {
            int xVector = 0;
            int xColumn = 0;
            for (int yVector = 0; yVector < ySample; yVector += yStride)
            {
                int yColumn = 0;
                while (yColumn < yColumns)
                {
                    int run = Math.Min(xColumns - xColumn, yColumns - yColumn);
                    Copy(ref Unsafe.Add(ref x, xVector + xColumn), ref Unsafe.Add(ref y, yVector + yColumn), run);
                    yColumn += run;
                    xColumn += run;
                    if (xColumn == xColumns)
                    {
                        xColumn = 0;
                        xVector += xStride;
                    }
                }

                Clear(ref Unsafe.Add(ref y, yVector + yColumns), yStride - yColumns);
            }

            x = ref Unsafe.Add(ref x, xSample);
            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    /// <summary>Copies each sample's axes into another order.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="y">Receives them; its padding becomes 0.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="strides">For each axis of y, how far apart its elements lie in x.</param>
    /// <param name="sizes">The sizes of y's axes.</param>
    /// <param name="xSample">Floats from one sample of x to the next.</param>
    /// <param name="yStride">Floats from one vector of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(
        ref float x, ref float y, nuint samples, ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, int xSample, int yStride)
    {
        int last = sizes.Length - 1;
        int columns = sizes[last];
        int step = strides[last];
        Span<int> index = stackalloc int[sizes.Length];
        for (; samples != 0; samples--)
        {
            index.Clear();
            int from = 0;
            int axis;
            do
            {
                ref float source = ref Unsafe.Add(ref x, from);
                for (int column = 0; column < columns; column++)
                {
                    Unsafe.Add(ref y, column) = Unsafe.Add(ref source, column * step);
                }

                y = ref Clear(ref Unsafe.Add(ref y, columns), yStride - columns);
                for (axis = last - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
                {
                    from -= (sizes[axis] - 1) * strides[axis];
                    index[axis] = 0;
                }

                from += axis >= 0 ? strides[axis] : 0;
            }
            while (axis >= 0);
            x = ref Unsafe.Add(ref x, xSample);
        }
    }

    /// <summary>Copies each sample, one vector, <paramref name="count"/> times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Repeat(ref float x, ref float y, nuint samples, int count, int xStride, int yStride)
    {
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < count; row++)
            {
                y = ref CopyRows(ref x, ref y, 1, xStride, yStride);
            }

            x = ref Unsafe.Add(ref x, xStride);
        }
    }

    /// <summary>Adds each sample's <paramref name="count"/> vectors up to one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows(ref float x, ref float y, nuint samples, int count, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (; samples != 0; samples--)
        {
            for (int column = 0; column < shared; column += Vector128<float>.Count)
            {
                Vector128<float> sum = Vector128<float>.Zero;
                for (int row = 0; row < count; row++)
                {
                    sum += Vector128.LoadUnsafe(ref x, (nuint)((row * xStride) + column));
                }

                sum.StoreUnsafe(ref y, (nuint)column);
            }

            x = ref Unsafe.Add(ref x, count * xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    // The strides of vectors as long as each other differ by what lies between the vectors, and that belongs to none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ref float CopyRows(ref float x, ref float y, int rows, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (int row = 0; row < rows; row++)
        {
            Copy(ref x, ref y, shared);
            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }

        return ref y;
    }

    // Most runs are a few values, for which a call of the framework's copy would take longer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref float x, ref float y, int count)
    {
        int i = 0;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128.LoadUnsafe(ref x, (nuint)i).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref y, i) = Unsafe.Add(ref x, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float Clear(ref float y, int count)
    {
        int i = 0;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float>.Zero.StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref y, i) = 0f;
        }

        return ref Unsafe.Add(ref y, count);
    }
}
