using System.Diagnostics;

namespace Unroll.Benchmarks.Against;

/// <summary>Steps of a training through <c>Fit</c>: Adam, mean squared error.</summary>
internal sealed class TrainingSteps : Callback
{
    private const double WarmUp = 1;
    private const double Seconds = 2;

    // About a million inputs an epoch, which takes milliseconds, but some steps.
    private const int Floats = 1_000_000;
    private const int LeastSteps = 8;
    private const int MostSteps = 1000;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _epochStart;
    private double _least = double.PositiveInfinity;

    /// <summary>Microseconds of a step: the mean of the fastest epoch.</summary>
    public static double Measure(ShapedModel shaped, int batch, int threads)
    {
        int steps = Math.Clamp(Floats / (batch * shaped.Inputs), LeastSteps, MostSteps);
        return Measure(shaped, batch, threads, steps * batch) / steps;
    }

    /// <summary>Microseconds of the fastest epoch of so many samples.</summary>
    public static double Measure(ShapedModel shaped, int batch, int threads, int samples)
    {
        Model model = shaped.Create();
        model.Compile(new Adam(), new MeanSquaredError());
        var epochs = new TrainingSteps();
        model.Fit(shaped.Data(samples), epochs: int.MaxValue, batchSize: batch, callbacks: [epochs], threads: threads);
        return epochs._least;
    }

    public override void OnEpochBegin(TrainingContext context) => _epochStart = Stopwatch.GetTimestamp();

    public override void OnEpochEnd(TrainingContext context)
    {
        double epoch = Stopwatch.GetElapsedTime(_epochStart).TotalMicroseconds;
        double now = _clock.Elapsed.TotalSeconds;
        if (now > WarmUp)
        {
            _least = Math.Min(_least, epoch);
        }

        context.StopTraining = now > Seconds;
    }
}
