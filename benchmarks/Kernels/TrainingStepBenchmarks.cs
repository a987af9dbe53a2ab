using BenchmarkDotNet.Attributes;

namespace Unroll.Benchmarks;

/// <summary>One training step with Adam, through <c>Fit</c>, on one thread.</summary>
public class TrainingStepBenchmarks
{
    private const int Steps = 100;

    private Model _model = null!;
    private Dataset _data = null!;

    public static IEnumerable<BenchmarkNetwork> Networks => BenchmarkNetwork.Perceptrons;

    [ParamsSource(nameof(Networks))]
    public BenchmarkNetwork Network { get; set; } = null!;

    [Params(32, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        const int Batches = 8;
        _model = Network.Create();
        _model.Compile(new Adam(), new MeanSquaredError());
        _data = RandomData.Training(Network, Batch * Batches);
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public History Step() => _model.Fit(_data, batchSize: Batch, stepsPerEpoch: Steps, threads: 1, verbose: false);
}
