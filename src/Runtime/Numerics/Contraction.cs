using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>Sums of products of two values of each sample, along any of their axes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contraction
{
    /// <summary>
    /// y = 0, then y[p] += a[p]·b[p] for every point p of a box, of which each value has an element a sum of strides away; padding of y
    /// becomes 0.
    /// </summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The other.</param>
    /// <param name="y">Receives the sums.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="sizes">The sizes of the box along its axes, the innermost last.</param>
    /// <param name="aStrides">For each axis, floats from one element of a to the next; 0 where it is the same.</param>
    /// <param name="bStrides">The same of b.</param>
    /// <param name="yStrides">The same of y.</param>
    /// <param name="aSample">Floats from one sample of a to the next; 0 where all have the same.</param>
    /// <param name="bSample">The same of b.</param>
    /// <param name="ySample">The same of y, and how many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ref float a,
        ref float b,
        ref float y,
        nuint samples,
        ReadOnlySpan<int> sizes,
        ReadOnlySpan<int> aStrides,
        ReadOnlySpan<int> bStrides,
        ReadOnlySpan<int> yStrides,
        int aSample,
        int bSample,
        int ySample)
    {
        for (; samples != 0; samples--)
        {
            MemoryMarshal.CreateSpan(ref y, ySample).Clear();
            Add(ref a, ref b, ref y, sizes, aStrides, bStrides, yStrides);
            a = ref Unsafe.Add(ref a, aSample);
            b = ref Unsafe.Add(ref b, bSample);
            y = ref Unsafe.Add(ref y, ySample);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        ref float a,
        ref float b,
        ref float y,
        ReadOnlySpan<int> sizes,
        ReadOnlySpan<int> aStrides,
        ReadOnlySpan<int> bStrides,
        ReadOnlySpan<int> yStrides)
    {
        int last = sizes.Length - 1;
        if (last < 0)
        {
            y = a * b;
            return;
        }

        (int size, int aStep, int bStep, int yStep) = (sizes[last], aStrides[last], bStrides[last], yStrides[last]);
        Span<int> index = stackalloc int[last];
        index.Clear();
        int axis;
        do
        {
            switch (aStep, bStep, yStep)
            {
                case (1, 1, 0):
                    y += Dot(ref a, ref b, size);
                    break;
                case (0, 1, 1):
                    AddMultiple(a, ref b, ref y, size);
                    break;
                case (1, 0, 1):
                    AddMultiple(b, ref a, ref y, size);
                    break;
                case (_, _, 0):
                    float sum = 0f;
                    for (int i = 0; i < size; i++)
                    {
                        sum += Unsafe.Add(ref a, i * aStep) * Unsafe.Add(ref b, i * bStep);
                    }

                    y += sum;
                    break;
                default:
                    for (int i = 0; i < size; i++)
                    {
                        Unsafe.Add(ref y, i * yStep) += Unsafe.Add(ref a, i * aStep) * Unsafe.Add(ref b, i * bStep);
                    }

                    break;
            }

            // The next run: of the innermost axis that has one, those inside it back at their beginning.
            for (axis = last - 1; axis >= 0; axis--)
            {
                int steps = ++index[axis] == sizes[axis] ? 1 - sizes[axis] : 1;
                a = ref Unsafe.Add(ref a, steps * aStrides[axis]);
                b = ref Unsafe.Add(ref b, steps * bStrides[axis]);
                y = ref Unsafe.Add(ref y, steps * yStrides[axis]);
                if (steps == 1)
                {
                    break;
                }

                index[axis] = 0;
            }
        }
        while (axis >= 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddMultiple(float factor, ref float x, ref float y, int size)
    {
        int i = 0;
        for (; i <= size - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> sum = Vector.LoadUnsafe(ref y, (nuint)i);
            Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, (nuint)i), new Vector<float>(factor), sum).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < size; i++)
        {
            Unsafe.Add(ref y, i) += Unsafe.Add(ref x, i) * factor;
        }
    }
}
