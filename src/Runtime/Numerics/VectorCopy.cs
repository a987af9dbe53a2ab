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
}
