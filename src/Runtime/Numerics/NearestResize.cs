using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Makes images larger by repeating pixels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NearestResize
{
    /// <summary>y[i, j] = x[i / rowFactor, j / columnFactor].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ref float x, ref float y, nuint samples, int rows, int columns, int rowFactor, int columnFactor, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < rows * rowFactor; row++)
            {
                for (int column = 0; column < columns * columnFactor; column++)
                {
                    ref float source = ref Unsafe.Add(ref x, ((row / rowFactor * columns) + (column / columnFactor)) * xStride);
                    for (int i = 0; i < shared; i += Vector128<float>.Count)
                    {
                        Vector128.LoadUnsafe(ref source, (nuint)i).StoreUnsafe(ref y, (nuint)i);
                    }

                    y = ref Unsafe.Add(ref y, yStride);
                }
            }

            x = ref Unsafe.Add(ref x, rows * columns * xStride);
        }
    }

    /// <summary>dx[i, j] = Σ dy over the copies of pixel i, j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float dy, ref float dx, nuint samples, int rows, int columns, int rowFactor, int columnFactor, int dyStride, int dxStride)
    {
        int shared = Math.Min(dyStride, dxStride);
        int line = columns * columnFactor * dyStride;
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    ref float first = ref Unsafe.Add(ref dy, (row * rowFactor * line) + (column * columnFactor * dyStride));
                    for (int i = 0; i < shared; i += Vector128<float>.Count)
                    {
                        Vector128<float> sum = Vector128<float>.Zero;
                        for (int copy = 0; copy < rowFactor * columnFactor; copy++)
                        {
                            int at = (copy / columnFactor * line) + (copy % columnFactor * dyStride) + i;
                            sum += Vector128.LoadUnsafe(ref first, (nuint)at);
                        }

                        sum.StoreUnsafe(ref dx, (nuint)i);
                    }

                    dx = ref Unsafe.Add(ref dx, dxStride);
                }
            }

            dy = ref Unsafe.Add(ref dy, rows * rowFactor * line);
        }
    }
}
