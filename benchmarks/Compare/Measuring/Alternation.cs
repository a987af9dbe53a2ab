namespace Unroll.Benchmarks;

/// <summary>Two things measured in turns: what disturbs the machine for longer than a turn disturbs both.</summary>
/// <param name="Ours">The first of each turn.</param>
/// <param name="Other">The second of each turn.</param>
internal sealed record Alternation(IReadOnlyList<double> Ours, IReadOnlyList<double> Other)
{
    public double MedianOfOurs => Statistics.Median(Ours);

    public double MedianOfOther => Statistics.Median(Other);

    /// <summary>The median over the turns of other ÷ ours.</summary>
    public double Ratio => Statistics.Median(Ratios);

    public double LeastRatio => Ratios.Min();

    public double GreatestRatio => Ratios.Max();

    private IEnumerable<double> Ratios => Other.Zip(Ours, static (other, ours) => other / ours);

    /// <summary>Measures both in turns, after one turn that does not count.</summary>
    public static Alternation Run(int turns, Func<double> ours, Func<double> other)
    {
        ours();
        other();
        double[] first = new double[turns];
        double[] second = new double[turns];
        for (int turn = 0; turn < turns; turn++)
        {
            first[turn] = ours();
            second[turn] = other();
        }

        return new Alternation(first, second);
    }
}
