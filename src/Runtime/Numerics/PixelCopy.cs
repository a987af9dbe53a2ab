using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Copies the pixels of images into larger ones, and back.</summary>
/// <remarks>
/// Element i of an axis of the smaller image stands at <c>before + i·step</c> of the larger one; what would stand outside is left out.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PixelCopy
{
    /// <summary>Puts the pixels of x into y, where the others become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Place(
        ref float x,
        ref float y,
        nuint samples,
        int xRows,
        int xColumns,
        int xStride,
        int yRows,
        int yColumns,
        int yStride,
        int rowBefore,
        int rowStep,
        int columnBefore,
        int columnStep)
    {
        int columns = xColumns * xStride;
        int line = yColumns * yStride;
        (int first, int end) = Inside(xColumns, yColumns, columnBefore, columnStep);
        bool isContiguous = columnStep == 1 && xStride == yStride;
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < yRows; row++)
            {
                (int source, int rest) = Math.DivRem(row - rowBefore, rowStep);
                if (rest != 0 || source < 0 || source >= xRows || first >= end)
                {
                    Clear(ref y, line);
                }
                else if (isContiguous)
                {
                    ref float from = ref Unsafe.Add(ref x, (source * columns) + (first * xStride));
                    int left = (columnBefore + first) * yStride;
                    int width = (end - first) * yStride;
                    Clear(ref y, left);
                    Copy(ref from, ref Unsafe.Add(ref y, left), width);
                    Clear(ref Unsafe.Add(ref y, left + width), line - left - width);
                }
                else
                {
                    Clear(ref y, line);
                    for (int column = first; column < end; column++)
                    {
                        Copy(
                            ref Unsafe.Add(ref x, (source * columns) + (column * xStride)),
                            ref Unsafe.Add(ref y, (columnBefore + (column * columnStep)) * yStride),
                            Math.Min(xStride, yStride));
                    }
                }

                y = ref Unsafe.Add(ref y, line);
            }

            x = ref Unsafe.Add(ref x, xRows * columns);
        }
    }

    /// <summary>Takes from x the pixels that <see cref="Place"/> would have put there from y; those that it leaves out become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pick(
        ref float x,
        ref float y,
        nuint samples,
        int xRows,
        int xColumns,
        int xStride,
        int yRows,
        int yColumns,
        int yStride,
        int rowBefore,
        int rowStep,
        int columnBefore,
        int columnStep)
    {
        int columns = xColumns * xStride;
        int line = yColumns * yStride;
        (int first, int end) = Inside(yColumns, xColumns, columnBefore, columnStep);
        bool isContiguous = columnStep == 1 && xStride == yStride;
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < yRows; row++)
            {
                int source = rowBefore + (row * rowStep);
                if (source < 0 || source >= xRows || first >= end)
                {
                    Clear(ref y, line);
                }
                else
                {
                    ref float from = ref Unsafe.Add(ref x, source * columns);
                    Clear(ref y, first * yStride);
                    if (isContiguous)
                    {
                        Copy(
                            ref Unsafe.Add(ref from, (columnBefore + first) * xStride), ref Unsafe.Add(ref y, first * yStride), (end - first) * yStride);
                    }
                    else
                    {
                        for (int column = first; column < end; column++)
                        {
                            Copy(
                                ref Unsafe.Add(ref from, (columnBefore + (column * columnStep)) * xStride),
                                ref Unsafe.Add(ref y, column * yStride),
                                Math.Min(xStride, yStride));
                        }
                    }

                    Clear(ref Unsafe.Add(ref y, end * yStride), (yColumns - end) * yStride);
                }

                y = ref Unsafe.Add(ref y, line);
            }

            x = ref Unsafe.Add(ref x, xRows * columns);
        }
    }

    /// <summary>Puts zeros around the pixels of images that have room for them: <paramref name="rows"/> × <paramref name="columns"/> inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ClearMargins(
        ref float y, nuint samples, int rows, int columns, int stride, int top, int bottom, int left, int right)
    {
        // From a row's last pixel to the first of the next, the zeros are one piece.
        int inside = columns * stride;
        int between = (right + left) * stride;
        int line = inside + between;
        int before = (top * line) + (left * stride);
        int after = (right * stride) + (bottom * line);
        for (; samples != 0; samples--)
        {
            Clear(ref y, before);
            y = ref Unsafe.Add(ref y, before + inside);
            for (int row = 1; row < rows; row++)
            {
                Clear(ref y, between);
                y = ref Unsafe.Add(ref y, between + inside);
            }

            Clear(ref y, after);
            y = ref Unsafe.Add(ref y, after);
        }
    }

    // Elements first..end-1 of the smaller axis stand inside the larger one.
    private static (int First, int End) Inside(int small, int large, int before, int step)
    {
        int first = before >= 0 ? 0 : (step - 1 - before) / step;
        int end = before >= large ? 0 : (large - 1 - before) / step;
        return (first, before >= large ? 0 : Math.Min(small, end + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref float x, ref float y, int count)
    {
        int i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.LoadUnsafe(ref x, (nuint)i).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref y, i) = Unsafe.Add(ref x, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(ref float y, int count)
    {
        int i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float>.Zero.StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref y, i) = 0f;
        }
    }
}
