using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Images moved by random amounts, which depend on the noise of the step, the layer and the sample only.</summary>
/// <remarks>
/// Between the centres of pixels the nearest counts, half-way the later one, or straight lines join them; beyond the edges the image goes on as
/// <see cref="FillMode"/> says. Definition: <c>keras.ops.image.affine_transform</c> (Keras 3), whose nearest pixel half-way depends on the backend.
/// </remarks>
/// <typeparam name="TMotion">What moves them.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ImageMotion<TMotion>
    where TMotion : IImageMotion
{
    private const uint DrawsASample = 2;

    /// <summary>Each sample's image, moved as two numbers say that are drawn evenly between their lowest and highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ref float x,
        ref float y,
        nuint samples,
        int rows,
        int columns,
        int xStride,
        int yStride,
        float firstLow,
        float firstHigh,
        float secondLow,
        float secondHigh,
        int fill,
        int interpolation,
        float fillValue,
        int salt,
        ulong noise,
        nuint first)
    {
        var edge = new ImageEdge((FillMode)fill, (Interpolation)interpolation);
        uint key = CounterRandom.Key(noise, salt);
        int shared = Math.Min(xStride, yStride);
        for (nuint sample = 0; sample < samples; sample++)
        {
            uint draw = (uint)(first + sample) * DrawsASample;
            ImageMap map = TMotion.MapOf(Between(firstLow, firstHigh, draw, key), Between(secondLow, secondHigh, draw + 1, key), rows, columns);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    ImagePlace at = edge.Place(map, row, column, rows, columns, xStride);
                    Mix(ref x, ref y, at, at.Outside * fillValue, shared);
                    y = ref Unsafe.Add(ref y, yStride);
                }
            }

            x = ref Unsafe.Add(ref x, rows * columns * xStride);
        }
    }

    /// <summary>The adjoint: each dy goes to the pixels that its place lies between, in their shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float dy,
        ref float dx,
        nuint samples,
        int rows,
        int columns,
        int dyStride,
        int dxStride,
        float firstLow,
        float firstHigh,
        float secondLow,
        float secondHigh,
        int fill,
        int interpolation,
        int salt,
        ulong noise,
        nuint first)
    {
        var edge = new ImageEdge((FillMode)fill, (Interpolation)interpolation);
        uint key = CounterRandom.Key(noise, salt);
        int shared = Math.Min(dyStride, dxStride);
        int size = rows * columns * dxStride;
        for (nuint sample = 0; sample < samples; sample++)
        {
            uint draw = (uint)(first + sample) * DrawsASample;
            ImageMap map = TMotion.MapOf(Between(firstLow, firstHigh, draw, key), Between(secondLow, secondHigh, draw + 1, key), rows, columns);
            for (int i = 0; i < size; i++)
            {
                Unsafe.Add(ref dx, i) = 0f;
            }

            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    Spread(ref dy, ref dx, edge.Place(map, row, column, rows, columns, dxStride), shared);
                    dy = ref Unsafe.Add(ref dy, dyStride);
                }
            }

            dx = ref Unsafe.Add(ref dx, size);
        }
    }

    private static double Between(float low, float high, uint position, uint key) => low + (((double)high - low) * CounterRandom.Share(position, key));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref float x, ref float y, ImagePlace at, float filled, int count)
    {
        int i = 0;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float> above = (Vector128.LoadUnsafe(ref x, (nuint)(at.UpperLeft + i)) * at.UpperLeftShare)
                + (Vector128.LoadUnsafe(ref x, (nuint)(at.UpperRight + i)) * at.UpperRightShare);
            Vector128<float> below = (Vector128.LoadUnsafe(ref x, (nuint)(at.LowerLeft + i)) * at.LowerLeftShare)
                + (Vector128.LoadUnsafe(ref x, (nuint)(at.LowerRight + i)) * at.LowerRightShare);
            (above + below + Vector128.Create(filled)).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < count; i++)
        {
            float above = (Unsafe.Add(ref x, at.UpperLeft + i) * at.UpperLeftShare) + (Unsafe.Add(ref x, at.UpperRight + i) * at.UpperRightShare);
            float below = (Unsafe.Add(ref x, at.LowerLeft + i) * at.LowerLeftShare) + (Unsafe.Add(ref x, at.LowerRight + i) * at.LowerRightShare);
            Unsafe.Add(ref y, i) = above + below + filled;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(ref float dy, ref float dx, ImagePlace at, int count)
    {
        int i = 0;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float> slope = Vector128.LoadUnsafe(ref dy, (nuint)i);
            Add(ref Unsafe.Add(ref dx, at.UpperLeft + i), slope * at.UpperLeftShare);
            Add(ref Unsafe.Add(ref dx, at.UpperRight + i), slope * at.UpperRightShare);
            Add(ref Unsafe.Add(ref dx, at.LowerLeft + i), slope * at.LowerLeftShare);
            Add(ref Unsafe.Add(ref dx, at.LowerRight + i), slope * at.LowerRightShare);
        }

        for (; i < count; i++)
        {
            float slope = Unsafe.Add(ref dy, i);
            Unsafe.Add(ref dx, at.UpperLeft + i) += slope * at.UpperLeftShare;
            Unsafe.Add(ref dx, at.UpperRight + i) += slope * at.UpperRightShare;
            Unsafe.Add(ref dx, at.LowerLeft + i) += slope * at.LowerLeftShare;
            Unsafe.Add(ref dx, at.LowerRight + i) += slope * at.LowerRightShare;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float sum, Vector128<float> term) => (Vector128.LoadUnsafe(ref sum) + term).StoreUnsafe(ref sum);
}
