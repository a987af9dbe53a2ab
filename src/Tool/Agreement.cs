namespace Unroll.Tool;

/// <summary>How far predictions agree with the given ones.</summary>
/// <param name="Output">Whose they are.</param>
/// <param name="Count">How many values were compared.</param>
/// <param name="Largest">The largest |expected − predicted|.</param>
/// <param name="Scale">The largest |expected|.</param>
internal sealed record Agreement(string Output, int Count, double Largest, double Scale)
{
    private const double Tolerance = 1e-4;

    /// <summary>Whether the difference is that of two orders of summation rather than of two models: at most 1e-4 of the larger of 1 and the values.</summary>
    public bool Holds => Largest <= Tolerance * Math.Max(1, Scale);

    public static Agreement Of(string output, float[] expected, float[] predicted)
    {
        if (expected.Length != predicted.Length)
        {
            throw new InvalidDataException($"Output {output}: {expected.Length} values are given, and the network predicts {predicted.Length}.");
        }

        double largest = 0;
        double scale = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - predicted[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
            scale = Math.Max(scale, Math.Abs(expected[i]));
        }

        return new Agreement(output, expected.Length, largest, scale);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Output}: {Count} values, largest difference {Largest:G3}{(Holds ? "" : $", more than {Tolerance:G3} of the larger of 1 and {Scale:G3}")}");
}
