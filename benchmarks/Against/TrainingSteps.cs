using System.Diagnostics;

namespace Unroll.Benchmarks.Against;

/// <summary>Steps of a training through <c>Fit</c>: Adam, mean squared error, batches of 32, one thread.</summary>
internal sealed class TrainingSteps : Callback
{
    private const int Samples = 32_000;
    private const int Batch = 32;
    private const double WarmUp = 1;
    private const double Seconds = 2;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _epochStart;
    private double _least = double.PositiveInfinity;

    /// <summary>Microseconds of a step: the mean of the fastest epoch.</summary>
    public static double Measure(ShapedModel shaped)
    {
        Model model = shaped.Create();
        model.Compile(new Adam(), new MeanSquaredError());
        var data = new Dataset(ShapedModel.Values(Samples * shaped.Inputs), ShapedModel.Values(Samples * shaped.Outputs), Samples);
        var steps = new TrainingSteps();
        model.Fit(data, epochs: int.MaxValue, batchSize: Batch, callbacks: [steps], threads: 1);
        return steps._least / (Samples / Batch);
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
