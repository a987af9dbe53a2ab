using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Repeats a parameter along some axes, and sums along them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AxisCopy
{
    /// <summary>y at each index is x at the same, or at 0 along the axes whose stride is 0.</summary>
    /// <param name="x">The parameter.</param>
    /// <param name="y">Receives the values; its padding becomes 0.</param>
    /// <param name="strides">For each axis of y, how far apart its elements lie in x.</param>
    /// <param name="sizes">The sizes of y's axes.</param>
    /// <param name="yStride">Floats from one vector of y to the next.</param>
    public static void Expand(ref float x, ref float y, ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, int yStride) =>
        VectorCopy.Permute(ref x, ref y, 1, strides, sizes, 0, yStride);

    /// <summary>The adjoint of <see cref="Expand"/>: dx is the sum of all dy that came of it, in their order.</summary>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dx">Receives that of x; its padding becomes 0.</param>
    /// <param name="strides">For each axis of y, how far apart its elements lie in x.</param>
    /// <param name="sizes">The sizes of y's axes.</param>
    /// <param name="dyStride">Floats from one vector of dy to the next.</param>
    /// <param name="dxFloats">The floats of dx.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(
        ref float dy, ref float dx, ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, int dyStride, int dxFloats)
    {
        for (int i = 0; i < dxFloats; i++)
        {
            Unsafe.Add(ref dx, i) = 0f;
        }

        int vectors = 1;
        foreach (int size in sizes[..^1])
        {
            vectors *= size;
        }

        for (int vector = 0; vector < vectors; vector++)
        {
            int target = 0;
            int rest = vector;
            for (int axis = sizes.Length - 2; axis >= 0; axis--)
            {
                target += rest % sizes[axis] * strides[axis];
                rest /= sizes[axis];
            }

            for (int column = 0; column < sizes[^1]; column++)
            {
                Unsafe.Add(ref dx, target + (column * strides[^1])) += Unsafe.Add(ref dy, (vector * dyStride) + column);
            }
        }
    }
}
