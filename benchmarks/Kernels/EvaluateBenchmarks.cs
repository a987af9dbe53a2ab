using BenchmarkDotNet.Attributes;

namespace Unroll.Benchmarks;

/// <summary>Loss and accuracy of a data set, for classifiers and their regressions.</summary>
[MemoryDiagnoser]
public class EvaluateBenchmarks
{
    private const int Samples = 1024;

    private Model _model = null!;
    private Dataset _data = null!;

    [Params("4-16-3", "784-128-10")]
    public string Shape { get; set; } = "";

    [Params(false, true)]
    public bool Softmax { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        BenchmarkNetwork network = BenchmarkNetwork.Of(Shape);
        _data = RandomData.Training(network, Samples);
        if (!Softmax)
        {
            _model = network.Create();
            _model.Compile(new Adam(), new MeanSquaredError());
            return;
        }

        _model = Shape == "4-16-3" ? new TinySoftmax(seed: 1) : new DigitsSoftmax(seed: 1);
        _model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        _data = RandomData.Labelled(_data, network.Outputs);
    }

    [Benchmark]
    public EvaluationResult Evaluate() => _model.Evaluate(_data);
}
