using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>The way back from values repeated along axes of size 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Broadcast
{
    /// <summary>Adds up what each value was repeated to, in the order in which it lies; padding of y becomes 0.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="y">Receives the sums.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="strides">For each axis of x, how far apart its elements lie in y: 0 along an axis that was repeated.</param>
    /// <param name="sizes">The sizes of x's axes.</param>
    /// <param name="xStride">Floats from one vector of x to the next.</param>
    /// <param name="ySample">Floats from one sample of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(
        ref float x, ref float y, nuint samples, ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, int xStride, int ySample)
    {
        int last = sizes.Length - 1;
        int columns = sizes[last];
        Span<int> index = stackalloc int[sizes.Length];
        for (; samples != 0; samples--)
        {
            MemoryMarshal.CreateSpan(ref y, ySample).Clear();
            index.Clear();
            int to = 0;
            int axis;
            do
            {
                Add(ref x, ref Unsafe.Add(ref y, to), columns, strides[last]);
                x = ref Unsafe.Add(ref x, xStride);
                for (axis = last - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
                {
                    to -= (sizes[axis] - 1) * strides[axis];
                    index[axis] = 0;
                }

                to += axis >= 0 ? strides[axis] : 0;
            }
            while (axis >= 0);
            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float x, ref float y, int columns, int step)
    {
        for (int column = 0; column < columns; column++)
        {
            Unsafe.Add(ref y, column * step) += Unsafe.Add(ref x, column);
        }
    }
}
