using BenchmarkDotNet.Attributes;

namespace Unroll.Benchmarks;

/// <summary>The outputs of a batch.</summary>
[MemoryDiagnoser]
public class PredictBenchmarks
{
    private Model _model = null!;
    private float[] _inputs = [];
    private float[] _outputs = [];

    public static IEnumerable<BenchmarkNetwork> Networks => BenchmarkNetwork.Perceptrons;

    [ParamsSource(nameof(Networks))]
    public BenchmarkNetwork Network { get; set; } = null!;

    [Params(1, 32, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = Network.Create();
        _inputs = RandomData.Uniform(Batch * Network.Inputs);
        _outputs = new float[Batch * Network.Outputs];
    }

    [Benchmark]
    public void Predict() => _model.Predict(_inputs, _outputs);
}
