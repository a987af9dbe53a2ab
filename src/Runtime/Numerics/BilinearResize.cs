using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Makes images larger by straight lines between the centres of pixels; beyond the outermost centres their values go on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BilinearResize
{
    /// <summary>y at (i, j) is x at ((i + ½)/rowFactor − ½, (j + ½)/columnFactor − ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ref float x, ref float y, nuint samples, int rows, int columns, int rowFactor, int columnFactor, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < rows * rowFactor; row++)
            {
                Between vertical = At(row, rowFactor, rows);
                ref float upper = ref Unsafe.Add(ref x, vertical.Lower * columns * xStride);
                ref float lower = ref Unsafe.Add(ref x, vertical.Upper * columns * xStride);
                for (int column = 0; column < columns * columnFactor; column++)
                {
                    Between horizontal = At(column, columnFactor, columns);
                    int left = horizontal.Lower * xStride;
                    int right = horizontal.Upper * xStride;
                    for (int i = 0; i < shared; i += Vector128<float>.Count)
                    {
                        Vector128<float> first = Mix(ref upper, left + i, right + i, horizontal.Share);
                        Vector128<float> second = Mix(ref lower, left + i, right + i, horizontal.Share);
                        ((first * (1f - vertical.Share)) + (second * vertical.Share)).StoreUnsafe(ref y, (nuint)i);
                    }

                    y = ref Unsafe.Add(ref y, yStride);
                }
            }

            x = ref Unsafe.Add(ref x, rows * columns * xStride);
        }
    }

    /// <summary>The adjoint: each dy goes to the four pixels it lies between, in their shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float dy, ref float dx, nuint samples, int rows, int columns, int rowFactor, int columnFactor, int dyStride, int dxStride)
    {
        int shared = Math.Min(dyStride, dxStride);
        int sample = rows * columns * dxStride;
        for (; samples != 0; samples--)
        {
            for (int i = 0; i < sample; i++)
            {
                Unsafe.Add(ref dx, i) = 0f;
            }

            for (int row = 0; row < rows * rowFactor; row++)
            {
                Between vertical = At(row, rowFactor, rows);
                ref float upper = ref Unsafe.Add(ref dx, vertical.Lower * columns * dxStride);
                ref float lower = ref Unsafe.Add(ref dx, vertical.Upper * columns * dxStride);
                for (int column = 0; column < columns * columnFactor; column++)
                {
                    Between horizontal = At(column, columnFactor, columns);
                    int left = horizontal.Lower * dxStride;
                    int right = horizontal.Upper * dxStride;
                    for (int i = 0; i < shared; i += Vector128<float>.Count)
                    {
                        Vector128<float> slope = Vector128.LoadUnsafe(ref dy, (nuint)i);
                        Spread(ref upper, left + i, right + i, horizontal.Share, slope * (1f - vertical.Share));
                        Spread(ref lower, left + i, right + i, horizontal.Share, slope * vertical.Share);
                    }

                    dy = ref Unsafe.Add(ref dy, dyStride);
                }
            }

            dx = ref Unsafe.Add(ref dx, sample);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Between At(int position, int factor, int count)
    {
        float centre = ((position + 0.5f) / factor) - 0.5f;
        float clamped = Math.Clamp(centre, 0f, count - 1);
        int lower = (int)clamped;
        return new Between(lower, Math.Min(lower + 1, count - 1), clamped - lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mix(ref float row, int left, int right, float share) =>
        (Vector128.LoadUnsafe(ref row, (nuint)left) * (1f - share)) + (Vector128.LoadUnsafe(ref row, (nuint)right) * share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(ref float row, int left, int right, float share, Vector128<float> slope)
    {
        (Vector128.LoadUnsafe(ref row, (nuint)left) + (slope * (1f - share))).StoreUnsafe(ref row, (nuint)left);
        (Vector128.LoadUnsafe(ref row, (nuint)right) + (slope * share)).StoreUnsafe(ref row, (nuint)right);
    }

    /// <summary>Two neighbours and the share of the upper one.</summary>
    private readonly record struct Between(int Lower, int Upper, float Share);
}
