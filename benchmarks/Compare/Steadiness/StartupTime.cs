using System.Diagnostics;
using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>How long a fresh process waits for its first prediction.</summary>
internal static class StartupTime
{
    /// <summary>Prints the milliseconds of <c>new</c> and of the first prediction. Must be the first thing a process does.</summary>
    public static void Run()
    {
        float[] x = new float[Digits.InputSize];
        float[] y = new float[Digits.OutputSize];
        long start = Stopwatch.GetTimestamp();
        var model = new Digits(seed: 1);
        double created = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        model.Predict(x, y);
        double predicted = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{created} {predicted}"));
    }

    /// <summary>The medians over fresh processes.</summary>
    public static (double Created, double Predicted) Measure(int processes)
    {
        double[][] times = new double[processes][];
        for (int process = 0; process < processes; process++)
        {
            string output = ChildRun.Output(new Dictionary<string, string>(), ChildKind.Startup);
            times[process] = [.. output.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture))];
        }

        return (Statistics.Median(times.Select(static pair => pair[0])), Statistics.Median(times.Select(static pair => pair[1])));
    }
}
