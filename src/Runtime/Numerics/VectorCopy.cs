using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Copies samples between layouts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorCopy
{
    /// <summary>
    /// Copies the <paramref name="size"/> elements of each sample, row-major, from vectors of <paramref name="xColumns"/> to vectors of
    /// <paramref name="yColumns"/>; padding of y becomes 0.
    /// </summary>
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
                for (int yColumn = 0; yColumn < yColumns; yColumn++)
                {
                    Unsafe.Add(ref y, yVector + yColumn) = Unsafe.Add(ref x, xVector + xColumn);
                    if (++xColumn == xColumns)
                    {
                        xColumn = 0;
                        xVector += xStride;
                    }
                }

                for (int padding = yColumns; padding < yStride; padding++)
                {
                    Unsafe.Add(ref y, yVector + padding) = 0f;
                }
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
    public static void Permute(
        ref float x, ref float y, nuint samples, ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, int xSample, int yStride)
    {
        int last = sizes.Length - 1;
        Span<int> index = stackalloc int[sizes.Length];
        for (; samples != 0; samples--)
        {
            index.Clear();
            int from = 0;
            int axis;
            do
            {
                for (int column = 0; column < yStride; column++)
                {
                    Unsafe.Add(ref y, column) = column < sizes[last] ? Unsafe.Add(ref x, from + (column * strides[last])) : 0f;
                }

                y = ref Unsafe.Add(ref y, yStride);
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
    public static void Repeat(ref float x, ref float y, nuint samples, int count, int xStride, int yStride)
    {
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < count; row++)
            {
                y = ref Copy(ref x, ref y, 1, xStride, yStride);
            }

            x = ref Unsafe.Add(ref x, xStride);
        }
    }

    /// <summary>Adds each sample's <paramref name="count"/> vectors up to one.</summary>
    public static void SumRows(ref float x, ref float y, nuint samples, int count, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (; samples != 0; samples--)
        {
            for (int column = 0; column < shared; column++)
            {
                float sum = 0f;
                for (int row = 0; row < count; row++)
                {
                    sum += Unsafe.Add(ref x, (row * xStride) + column);
                }

                Unsafe.Add(ref y, column) = sum;
            }

            x = ref Unsafe.Add(ref x, count * xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>Copies the <paramref name="rows"/> vectors of each sample, with vectors of zeros before and after them.</summary>
    public static void PadRows(
        ref float x, ref float y, nuint samples, int before, int rows, int after, int xStride, int yStride)
    {
        for (; samples != 0; samples--)
        {
            y = ref Clear(ref y, before * yStride);
            y = ref Copy(ref x, ref y, rows, xStride, yStride);
            y = ref Clear(ref y, after * yStride);
            x = ref Unsafe.Add(ref x, rows * xStride);
        }
    }

    /// <summary>Copies the <paramref name="rows"/> vectors of each sample that stand between others.</summary>
    public static void CropRows(
        ref float x, ref float y, nuint samples, int before, int rows, int after, int xStride, int yStride)
    {
        for (; samples != 0; samples--)
        {
            y = ref Copy(ref Unsafe.Add(ref x, before * xStride), ref y, rows, xStride, yStride);
            x = ref Unsafe.Add(ref x, (before + rows + after) * xStride);
        }
    }

    // The strides of vectors as long as each other differ by what lies between the vectors, and that belongs to none.
    private static ref float Copy(ref float x, ref float y, int rows, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < shared; column++)
            {
                Unsafe.Add(ref y, column) = Unsafe.Add(ref x, column);
            }

            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }

        return ref y;
    }

    private static ref float Clear(ref float y, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref y, i) = 0f;
        }

        return ref Unsafe.Add(ref y, count);
    }
}
