using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A metric sees every vector of a batch or data set with its own target, once and in order.</summary>
public sealed class MetricTests
{
    // More than two blocks.
    private const int Rows = 70;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Vectors", [3, 5], new DenseSketch(4, Activation.Softmax)),
        new Blueprint("One", [5], new DenseSketch(20, Activation.Tanh), new DenseSketch(4, Activation.Softmax)));

    public static TheoryData<string> Networks => ["Vectors", "One"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void OfUsersSeeAllInEvaluate(string network)
    {
        (Model model, Dataset data, Recorder recorder) = Create(network);
        model.Evaluate(data);
        AssertSeen(model.Predict(data.Features), data, recorder);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void OfUsersSeeAllInFit(string network)
    {
        (Model model, Dataset data, Recorder recorder) = Create(network);
        float[] predictions = model.Predict(data.Features);
        model.Fit(data, batchSize: Rows, shuffle: false);
        AssertSeen(predictions, data, recorder);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void AccuracyIsTheShareOfRightVectors(string network)
    {
        (Model model, Dataset data, _) = Create(network);
        float[][] predictions = [.. model.Predict(data.Features).Chunk(4)];
        int right = predictions.Zip(data.Targets.ToArray(), static (vector, label) => Array.IndexOf(vector, vector.Max()) == label).Count(static x => x);
        Assert.InRange(right, 1, predictions.Length - 1);

        float expected = (float)right / predictions.Length;
        Assert.Equal(expected, model.Evaluate(data)["accuracy"]);
        Assert.Equal(expected, model.Fit(data, batchSize: Rows, shuffle: false)["accuracy"][0]);
    }

    private static void AssertSeen(float[] predictions, Dataset data, Recorder recorder)
    {
        Assert.Equal(data.Targets, recorder.Targets.ToArray());
        Assert.Equal(predictions.Length, recorder.Predictions.Count);
        for (int i = 0; i < predictions.Length; i++)
        {
            // Training sums in another order than prediction.
            Assert.Equal(predictions[i], recorder.Predictions[i], 1e-6f);
        }
    }

    private static (Model Model, Dataset Data, Recorder Recorder) Create(string network)
    {
        Model model = s_library.Create(network, Machines.Widest);
        var recorder = new Recorder();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy(), new Accuracy(), recorder);
        int vectors = model.Network.Outputs[0].Vectors * Rows;
        return (model, new Dataset(RandomValues.Uniform(Rows * model.Network.InputSize, seed: 1), RandomValues.Labels(vectors, 4, seed: 2), Rows), recorder);
    }

    private sealed class Recorder : Metric
    {
        public List<float> Predictions { get; } = [];

        public List<float> Targets { get; } = [];

        public override string Name => "seen";

        public override float Result => Predictions.Count;

        public override void Reset()
        {
            Predictions.Clear();
            Targets.Clear();
        }

        public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
        {
            Assert.Equal(1f, weight);
            Predictions.AddRange(prediction);
            Targets.AddRange(target);
        }
    }
}
