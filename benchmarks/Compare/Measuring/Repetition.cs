using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Unroll.Benchmarks;

/// <summary>One measurement of a short action.</summary>
internal static class Repetition
{
    private const int Count = 10;
    private const int Least = 5;

    /// <summary>The median, over repetitions that together take about <paramref name="seconds"/>, of the mean time of one call.</summary>
    public static double MedianMicroseconds(Action action, double seconds)
    {
        double share = seconds / Count;
        int calls = 1;
        double elapsed = Time(action, calls);
        while (elapsed < share / 2)
        {
            calls *= 2;
            elapsed = Time(action, calls);
        }

        calls = Math.Max(1, (int)Math.Round(calls * share / elapsed));
        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (times.Count < Least || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            times.Add(Time(action, calls) / calls);
        }

        return Statistics.Median(times) * 1e6;
    }

    // What measures must not be slow in its first turns, when the JIT compiler also notes what the delegate calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
