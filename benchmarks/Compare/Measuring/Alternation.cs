using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>Two things measured in turns: what disturbs the machine for longer than a turn disturbs both.</summary>
/// <param name="Ours">The first of each turn.</param>
/// <param name="Other">The second of each turn.</param>
/// <param name="OurShares">Processor time ÷ elapsed time in each of our turns.</param>
/// <param name="OtherShares">The same in each of the other's.</param>
internal sealed record Alternation(
    IReadOnlyList<double> Ours, IReadOnlyList<double> Other, IReadOnlyList<double> OurShares, IReadOnlyList<double> OtherShares)
{
    // On a single processor the JIT compiler comes to optimize what is called most after some tenths of a second.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    public double MedianOfOurs => Statistics.Median(Ours);

    public double MedianOfOther => Statistics.Median(Other);

    /// <summary>The median over the turns of other ÷ ours.</summary>
    public double Ratio => Statistics.Median(Ratios);

    public double LeastRatio => Ratios.Min();

    public double GreatestRatio => Ratios.Max();

    /// <summary>The lesser of the median shares of both; of one thread that nothing disturbs 1.</summary>
    public double ProcessorShare => Math.Min(Statistics.Median(OurShares), Statistics.Median(OtherShares));

    private IEnumerable<double> Ratios => Other.Zip(Ours, static (other, ours) => other / ours);

    /// <summary>Measures two things of this process in turns, after a second of turns that do not count.</summary>
    public static Alternation Run(int turns, Func<double> ours, Func<double> other) =>
        Run(turns, ours, other, static () => Environment.CpuUsage.TotalTime);

    /// <summary>Measures both in turns, after a second of turns that do not count.</summary>
    /// <param name="turns">How many count.</param>
    /// <param name="ours">What this process does.</param>
    /// <param name="other">What is done in comparison.</param>
    /// <param name="otherTime">The processor time so far of the process that does it.</param>
    /// <param name="before">What is done before each turn.</param>
    public static Alternation Run(int turns, Func<double> ours, Func<double> other, Func<TimeSpan> otherTime, Action? before = null)
    {
        long begin = Stopwatch.GetTimestamp();
        do
        {
            ours();
            other();
        }
        while (Stopwatch.GetElapsedTime(begin) < s_warmUp);

        var first = new (double Value, double Share)[turns];
        var second = new (double Value, double Share)[turns];
        for (int turn = 0; turn < turns; turn++)
        {
            before?.Invoke();
            first[turn] = Measure(ours, static () => Environment.CpuUsage.TotalTime);
            second[turn] = Measure(other, otherTime);
        }

        return new Alternation(
            [.. first.Select(static turn => turn.Value)],
            [.. second.Select(static turn => turn.Value)],
            [.. first.Select(static turn => turn.Share)],
            [.. second.Select(static turn => turn.Share)]);
    }

    private static (double Value, double Share) Measure(Func<double> measurement, Func<TimeSpan> processorTime)
    {
        TimeSpan used = processorTime();
        long start = Stopwatch.GetTimestamp();
        double value = measurement();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return (value, (processorTime() - used) / elapsed);
    }
}
