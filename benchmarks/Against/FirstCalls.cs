using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Unroll.Benchmarks.Against;

/// <summary>Predictions of one network from its first call on, in a program that calls all its networks in turns.</summary>
internal static class FirstCalls
{
    private const int Tenth = 9;
    private const double First = 2;
    private const double Seconds = 3;
    private const double Last = 0.5;
    private const int MostCalls = 1 << 24;

    /// <summary>Microseconds of the tenth call (the median of it and the four behind it), of a call from the tenth to the end of the first two
    /// seconds (the mean), and of a call of the last half second (the median); then the tenth and the mean divided by the last.</summary>
    /// <param name="shaped">The network whose calls are timed; with one sample, which takes less than a look at the clock, a call of each network is one.</param>
    /// <param name="samples">The samples of a call.</param>
    public static double[] Measure(ShapedModel shaped, int samples)
    {
        ShapedModel[] all = [shaped, .. ShapedModel.Small.Where(other => other != shaped)];
        Model[] models = [.. all.Select(static each => each.Create())];
        float[][] x = [.. all.Select(each => ShapedModel.Values(samples * each.Inputs))];
        float[][] y = [.. all.Select(each => new float[samples * each.Outputs])];

        // Filled, so that no call waits for the system to give the memory.
        long[] starts = new long[MostCalls];
        long[] times = new long[MostCalls];
        Array.Fill(starts, long.MaxValue);
        Array.Fill(times, long.MaxValue);
        int calls = Run(models, x, y, timed: samples == 1 ? models.Length : 1, starts, times);

        double tenth = Median(times[Tenth..(Tenth + 5)]);
        double first = times[Tenth..Before(First)].Average();
        double last = Median(times[Before(Seconds - Last)..calls]);
        double tick = 1e6 / Stopwatch.Frequency;
        return [tenth * tick, first * tick, last * tick, tenth / last, first / last];

        int Before(double seconds)
        {
            int call = Array.BinarySearch(starts, 0, calls, starts[0] + (long)(seconds * Stopwatch.Frequency));
            return call < 0 ? ~call : call;
        }
    }

    // Optimized at once: it runs all the time, and the JIT compiler would come to it in between.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run(Model[] models, float[][] x, float[][] y, int timed, long[] starts, long[] times)
    {
        long end = Stopwatch.GetTimestamp() + (long)(Seconds * Stopwatch.Frequency);
        int calls = 0;
        for (long start = 0; calls < MostCalls && start < end; calls++)
        {
            start = Stopwatch.GetTimestamp();
            for (int model = 0; model < timed; model++)
            {
                models[model].Predict(x[model], y[model]);
            }

            times[calls] = Stopwatch.GetTimestamp() - start;
            starts[calls] = start;
            for (int model = timed; model < models.Length; model++)
            {
                models[model].Predict(x[model], y[model]);
            }
        }

        return calls;
    }

    private static double Median(long[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
