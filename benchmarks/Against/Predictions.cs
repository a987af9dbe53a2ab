using System.Diagnostics;

namespace Unroll.Benchmarks.Against;

/// <summary>Predictions of 256 samples, when the JIT compiler is done.</summary>
internal static class Predictions
{
    public const int Samples = 256;

    private const double WarmUp = 1;
    private const double Seconds = 2;
    private const int Calls = 2000;

    /// <summary>Microseconds of a call: the least mean of some thousands, one after the other.</summary>
    public static double Measure(ShapedModel shaped)
    {
        Model model = shaped.Create();
        float[] x = ShapedModel.Values(Samples * shaped.Inputs);
        float[] y = new float[Samples * shaped.Outputs];
        double least = double.PositiveInfinity;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < Calls; call++)
            {
                model.Predict(x, y);
            }

            double mean = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
            if (clock.Elapsed.TotalSeconds > WarmUp)
            {
                least = Math.Min(least, mean);
            }
        }

        return least;
    }
}
