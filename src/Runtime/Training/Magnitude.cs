using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll;

/// <summary>How large the numbers of an array are.</summary>
internal static class Magnitude
{
    private const int WithoutSign = 0x7FFFFFFF;

    /// <summary>The largest magnitude; infinity where there is one, NaN where there is one.</summary>
    // Four streams: the processor fetches ahead in each, and what is far away comes sooner.
    // Without their sign, floats are ordered as the integers of the same bits: NaN above infinity above all numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Largest(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<int>> vectors = MemoryMarshal.Cast<float, Vector<int>>(values);
        var mask = new Vector<int>(WithoutSign);
        Vector<int> a = Vector<int>.Zero, b = a, c = a, d = a;
        int quarter = vectors.Length / 4;
        for (int i = 0; i < quarter; i++)
        {
            a = Vector.Max(a, vectors[i] & mask);
            b = Vector.Max(b, vectors[quarter + i] & mask);
            c = Vector.Max(c, vectors[(2 * quarter) + i] & mask);
            d = Vector.Max(d, vectors[(3 * quarter) + i] & mask);
        }

        for (int i = 4 * quarter; i < vectors.Length; i++)
        {
            a = Vector.Max(a, vectors[i] & mask);
        }

        a = Vector.Max(Vector.Max(a, b), Vector.Max(c, d));
        int largest = 0;
        for (int lane = 0; lane < Vector<int>.Count; lane++)
        {
            largest = Math.Max(largest, a[lane]);
        }

        foreach (float value in values[(vectors.Length * Vector<int>.Count)..])
        {
            largest = Math.Max(largest, BitConverter.SingleToInt32Bits(value) & WithoutSign);
        }

        return BitConverter.Int32BitsToSingle(largest);
    }
}
