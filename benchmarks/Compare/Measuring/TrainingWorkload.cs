namespace Unroll.Benchmarks;

/// <summary>A model in training through <c>Fit</c>, to be measured again and again; it goes on learning from one measurement to the next.</summary>
internal sealed class TrainingWorkload
{
    private const int LeastSteps = 10;
    private const int MostSteps = 50_000;

    private readonly Model _model;
    private readonly Dataset _data;
    private readonly int _batch;
    private double? _microseconds;

    public TrainingWorkload(Model model, Loss loss, Dataset data, int batch, Optimizer? optimizer = null, params Metric[] metrics)
    {
        _model = model;
        _data = data;
        _batch = batch;
        _model.Compile(optimizer ?? new Adam(), loss, metrics);
    }

    /// <summary>The network with Adam and the loss of its head, on batches of random numbers.</summary>
    public static TrainingWorkload Of(string name, int batch)
    {
        BenchmarkNetwork network = BenchmarkNetwork.Of(name);
        return new TrainingWorkload(network.Create(), network.CreateLoss(), Data(network, batch), batch);
    }

    /// <summary>Some batches of random numbers.</summary>
    public static Dataset Data(BenchmarkNetwork network, int batch)
    {
        const int Batches = 8;
        return RandomData.Training(network, batch * Batches);
    }

    /// <summary>The median time of a step, over about <paramref name="seconds"/>.</summary>
    public double MedianMicroseconds(double seconds, int threads)
    {
        _microseconds ??= Run(LeastSteps, threads).MedianMicroseconds();
        int steps = Math.Clamp((int)(seconds * 1e6 / _microseconds.Value), LeastSteps, MostSteps);
        _microseconds = Run(steps, threads).MedianMicroseconds();
        return _microseconds.Value;
    }

    /// <summary>Takes some more steps.</summary>
    public StepTimes Run(int steps, int threads, params ReadOnlySpan<Callback> callbacks)
    {
        var times = new StepTimes(steps);
        _model.Fit(_data, batchSize: _batch, stepsPerEpoch: steps, threads: threads, callbacks: [times, .. callbacks], verbose: false);
        return times;
    }
}
