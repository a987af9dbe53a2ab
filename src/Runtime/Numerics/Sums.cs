using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>Sums over arrays, taken in double precision.</summary>
// By Vector<T>, since ISimd is of floats.
internal static class Sums
{
    private interface ITerm
    {
        static abstract Vector<double> Add(Vector<double> sum, Vector<double> value);

        static abstract double Of(double value);
    }

    /// <summary>Σ x.</summary>
    public static double Of(ReadOnlySpan<float> values) => Of<Plain>(values);

    /// <summary>Σ x².</summary>
    public static double OfSquares(ReadOnlySpan<float> values) => Of<Square>(values);

    /// <summary>Σ |x|.</summary>
    public static double OfMagnitudes(ReadOnlySpan<float> values) => Of<Magnitude>(values);

    /// <summary>Σ (x − y)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfSquaredDifferences(ReadOnlySpan<float> values, ReadOnlySpan<float> others)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(values);
        ReadOnlySpan<Vector<float>> y = MemoryMarshal.Cast<float, Vector<float>>(others[..values.Length]);
        Vector<double> low = Vector<double>.Zero, high = low;
        for (int i = 0; i < x.Length; i++)
        {
            // Subtracted as floats: that is the step which was taken.
            Vector<float> difference = x[i] - y[i];
            low = Square.Add(low, Vector.WidenLower(difference));
            high = Square.Add(high, Vector.WidenUpper(difference));
        }

        double rest = 0;
        for (int i = x.Length * Vector<float>.Count; i < values.Length; i++)
        {
            rest += Square.Of(values[i] - others[i]);
        }

        return Vector.Sum(low + high) + rest;
    }

    // Four sums side by side: one alone would wait for its last addition.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Of<TTerm>(ReadOnlySpan<float> values)
        where TTerm : struct, ITerm
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<double> a = Vector<double>.Zero, b = a, c = a, d = a;
        for (int i = 1; i < vectors.Length; i += 2)
        {
            a = TTerm.Add(a, Vector.WidenLower(vectors[i - 1]));
            b = TTerm.Add(b, Vector.WidenUpper(vectors[i - 1]));
            c = TTerm.Add(c, Vector.WidenLower(vectors[i]));
            d = TTerm.Add(d, Vector.WidenUpper(vectors[i]));
        }

        double rest = 0;
        foreach (float value in values[(vectors.Length / 2 * 2 * Vector<float>.Count)..])
        {
            rest += TTerm.Of(value);
        }

        return Vector.Sum(a + b + (c + d)) + rest;
    }

    private readonly struct Plain : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Add(Vector<double> sum, Vector<double> value) => sum + value;

        public static double Of(double value) => value;
    }

    private readonly struct Square : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Add(Vector<double> sum, Vector<double> value) => Vector.MultiplyAddEstimate(value, value, sum);

        public static double Of(double value) => value * value;
    }

    private readonly struct Magnitude : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Add(Vector<double> sum, Vector<double> value) => sum + Vector.Abs(value);

        public static double Of(double value) => Math.Abs(value);
    }
}
