using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>What a model keeps when training ends otherwise than planned, and what its entries refuse.</summary>
public sealed class FailureTests
{
    private const int Inputs = 5;
    private const int Classes = 3;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Classifier", [Inputs], new DenseSketch(17, Activation.Relu), new DenseSketch(Classes, Activation.Softmax)),
        new Blueprint("Regressor", [Inputs], new DenseSketch(2), new DenseSketch(1)),
        new Blueprint("Ranked", [3, Inputs], new DenseSketch(Classes, Activation.Softmax)));

    [Fact]
    public void ALossThatIsNotFiniteStopsWithEpochAndBatch()
    {
        Model model = Compiled("Classifier", new SparseCategoricalCrossentropy(), new SGD(0.1f));
        float[] features = RandomValues.Uniform(20 * Inputs, seed: 1);
        features.AsSpan(13 * Inputs, Inputs).Fill(float.MaxValue);
        float[][] afterTwo = [];
        var snapshot = new Snapshot(atBatch: 1, copy => afterTwo = copy);
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => model.Fit(
            new Dataset(features, RandomValues.Labels(20, Classes, seed: 2), 20), batchSize: 6, shuffle: false, callbacks: [snapshot]));

        Assert.Equal((0, 2), (exception.Epoch, exception.Batch));
        Assert.Contains("epoch 1, batch 3", exception.Message, StringComparison.Ordinal);
        Assert.Equal(afterTwo, Values(model));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    public void AnUpdateThatOverflowsStopsBeforeTheParametersAreLost(string optimizer)
    {
        Model model = Compiled("Regressor", new MeanSquaredError(), optimizer == "sgd" ? new SGD(3e38f) : new SGD(3e38f, momentum: 0.9f));
        Dataset data = new(RandomValues.Uniform(40 * Inputs, seed: 1), RandomValues.Uniform(40, seed: 2, scale: 1000f), 40);
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => model.Fit(data, epochs: 3, batchSize: 8));

        Assert.Equal(0, exception.Epoch);
        Assert.All(Values(model), values => Assert.All(values, value => Assert.True(float.IsFinite(value), $"{value}")));
    }

    [Fact]
    public void TrainingThatDivergesKeepsFiniteParameters()
    {
        Model model = Compiled("Regressor", new MeanSquaredError(), new SGD(10f));
        Assert.Throws<NonFiniteException>(() => model.Fit(Regression(40), epochs: 100, batchSize: 8));

        Assert.All(Values(model), values => Assert.All(values, value => Assert.True(float.IsFinite(value), $"{value}")));
    }

    [Fact]
    public void CancellationKeepsWhatWasLearntAndTheHistory()
    {
        Model model = Compiled("Regressor", new MeanSquaredError(), new SGD(0.01f));
        float[][] start = Values(model);
        using var source = new CancellationTokenSource();
        float[][] kept = [];
        var snapshot = new Snapshot(atBatch: 1, copy => kept = copy) { AtEpoch = 2, Then = source.Cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => model.Fit(
            Regression(40), epochs: 10, batchSize: 8, callbacks: [snapshot], cancellationToken: source.Token));

        Assert.Equal(2, model.History!["loss"].Count);
        Assert.NotEqual(start, Values(model));
        Assert.Equal(kept, Values(model));
    }

    [Fact]
    public void FitGoesOnAfterAFailure()
    {
        Model model = Compiled("Regressor", new MeanSquaredError(), new SGD(0.01f));
        float[] broken = RandomValues.Uniform(8 * Inputs, seed: 1);
        broken.AsSpan(3).Fill(float.MaxValue);
        Assert.Throws<NonFiniteException>(() => model.Fit(new Dataset(broken, new float[8], 8)));
        History history = model.Fit(Regression(40), epochs: 5);

        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    [Fact]
    public void TerminateOnNaNEndsTrainingQuietly()
    {
        Model model = Compiled("Regressor", new MeanSquaredError(), new SGD(0.01f));
        float[] broken = RandomValues.Uniform(16 * Inputs, seed: 1);
        broken.AsSpan(15 * Inputs).Fill(float.MaxValue);
        float[][] afterOne = [];
        History history = model.Fit(
            new Dataset(broken, new float[16], 16),
            epochs: 3,
            batchSize: 8,
            shuffle: false,
            callbacks: [new Snapshot(atBatch: 0, copy => afterOne = copy), new TerminateOnNaN()]);

        Assert.False(float.IsFinite(Assert.Single(history["loss"])));
        Assert.Equal(afterOne, Values(model));
    }

    [Fact]
    public void LengthsAreCheckedBeforeAnythingRuns()
    {
        Model model = Compiled("Classifier", new SparseCategoricalCrossentropy(), new SGD());
        AssertRefused(() => model.Predict(new float[7]), "5", "7");
        AssertRefused(() => model.Predict(new float[10], new float[5]), "6", "5");
        AssertRefused(() => model.Predict(new float[10], new float[7]), "6", "7");
        AssertRefused(() => model.Fit(new Dataset(new float[8], new float[2], 2)), "5", "4");
        AssertRefused(() => model.Fit(new Dataset(new float[10], new float[6], 2)), "1", "3");
        AssertRefused(() => model.Evaluate(new Dataset(new float[10], new float[6], 2)), "1", "3");
        AssertRefused(() => model.ComputeGradients(new Dataset(new float[12], new float[2], 2)), "5", "6");
        AssertRefused(() => model.Fit(new Dataset(new float[10], [0f, 3f], 2)), "row 1", "3");
        AssertRefused(() => model.Fit(new Dataset(new float[10], [0.5f, 1f], 2)), "row 0", "0.5");
        AssertRefused(() => model.Fit(Labelled(8), validation: new Dataset(new float[8], new float[2], 2)), "5", "4");
        AssertRefused(() => model.Parameters[0].Assign(new float[84]), "85", "84");
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(Labelled(8), epochs: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(Labelled(8), batchSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(Labelled(8), validationSplit: 1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(Labelled(8), batchSize: -1));

        Assert.Empty(model.Predict([]));
    }

    [Fact]
    public void TargetsOfARankedOutputAreOneAVector()
    {
        Model model = Compiled("Ranked", new SparseCategoricalCrossentropy(), new SGD());
        AssertRefused(() => model.Fit(new Dataset(new float[30], new float[2], 2)), "3", "1");
        AssertRefused(() => model.Fit(new Dataset(new float[30], [0f, 1f, 2f, 2f, 3f, 0f], 2)), "row 1", "3");
        model.Fit(new Dataset(new float[30], [0f, 1f, 2f, 2f, 1f, 0f], 2));
    }

    [Fact]
    public void AnUncompiledModelSaysWhatIsMissing()
    {
        Model model = s_library.Create("Classifier", Machines.Widest);

        Assert.Contains("Compile", Assert.Throws<InvalidOperationException>(() => model.Fit(Labelled(8))).Message, StringComparison.Ordinal);
        Assert.Contains("Compile", Assert.Throws<InvalidOperationException>(() => model.Evaluate(Labelled(8))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => model.ComputeGradients(Labelled(8)));
    }

    private static void AssertRefused(Action action, string expected, string came)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(action);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(came, exception.Message, StringComparison.Ordinal);
    }

    private static Model Compiled(string name, Loss loss, Optimizer optimizer)
    {
        Model model = s_library.Create(name, Machines.Widest);
        model.Compile(optimizer, loss);
        return model;
    }

    private static Dataset Labelled(int rows) =>
        new(RandomValues.Uniform(rows * Inputs, seed: 1), RandomValues.Labels(rows, Classes, seed: 2), rows);

    private static Dataset Regression(int rows) => new(RandomValues.Uniform(rows * Inputs, seed: 1), RandomValues.Uniform(rows, seed: 2), rows);

    private static float[][] Values(ModelBase model) => [.. model.Parameters.Select(static parameter => parameter.ToArray())];

    /// <summary>Copies the parameters at the end of a batch.</summary>
    private sealed class Snapshot(int atBatch, Action<float[][]> keep) : Callback
    {
        public int AtEpoch { get; init; }

        public Action? Then { get; init; }

        public override void OnBatchEnd(TrainingContext context)
        {
            if (context.Epoch == AtEpoch && context.Batch == atBatch)
            {
                keep(Values(context.Model));
                Then?.Invoke();
            }
        }
    }
}
