using System.Diagnostics;

namespace Unroll.Benchmarks.Against;

/// <summary>Predictions, when the JIT compiler is done.</summary>
internal static class Predictions
{
    /// <summary>Of a call, where nothing else is asked for.</summary>
    public const int Samples = 256;

    private const double WarmUp = 1;
    private const double Seconds = 2;
    private const double Run = 0.001;

    /// <summary>Microseconds of a call of so many samples: the least mean of about a millisecond's calls, one after the other.</summary>
    public static double Measure(ShapedModel shaped, int samples)
    {
        Model model = shaped.Create();
        float[] x = ShapedModel.Values(samples * shaped.Inputs);
        float[] y = new float[samples * shaped.Outputs];
        double least = double.PositiveInfinity;
        int calls = 1;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                model.Predict(x, y);
            }

            TimeSpan run = Stopwatch.GetElapsedTime(start);
            if (run.TotalSeconds < Run / 2)
            {
                calls *= 2;
            }
            else if (clock.Elapsed.TotalSeconds > WarmUp)
            {
                least = Math.Min(least, run.TotalMicroseconds / calls);
            }
        }

        return least;
    }
}
