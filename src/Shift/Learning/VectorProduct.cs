using System.Numerics;

namespace Unroll.Shift;

/// <summary>Products of vectors of any length.</summary>
internal static class VectorProduct
{
    /// <summary>Σ x·y.</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector<float> sums = default;
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(x[i..]) * new Vector<float>(y[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>result += factor·x.</summary>
    public static void Add(float factor, ReadOnlySpan<float> x, Span<float> result)
    {
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(result[i..]) + (factors * new Vector<float>(x[i..]))).CopyTo(result[i..]);
        }

        for (; i < x.Length; i++)
        {
            result[i] += factor * x[i];
        }
    }
}
