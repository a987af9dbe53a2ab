using System.Numerics;

namespace Unroll.Shift;

/// <summary>Squared distances of rows, and their median, which Gaussian kernels take for their width.</summary>
internal static class SquaredDistance
{
    public static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector<float> sums = default;
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> difference = new Vector<float>(x[i..]) - new Vector<float>(y[i..]);
            sums += difference * difference;
        }

        float sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            float difference = x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>The median of the entries below the diagonal; 1 where more than half of the rows are the same.</summary>
    public static float Median(ReadOnlySpan<float> square, int count)
    {
        float[] values = new float[count * (count - 1) / 2];
        for (int i = 0, filled = 0; i < count; filled += i, i++)
        {
            square.Slice(i * count, i).CopyTo(values.AsSpan(filled));
        }

        Array.Sort(values);
        int half = values.Length / 2;
        float median = values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
        return median > 0 ? median : 1;
    }
}
