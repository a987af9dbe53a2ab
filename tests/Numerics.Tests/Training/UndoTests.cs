using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>An update that leaves the finite numbers is undone as a whole, and the model can go on.</summary>
public sealed class UndoTests
{
    private const int Inputs = 200;
    private const int Outputs = 128;

    // More parameters than one run of an update holds, of which one column alone overflows.
    private static readonly NetworkLibrary s_library = new(new Blueprint("Wide", [Inputs], new DenseSketch(Outputs)));

    public static TheoryData<string> Optimizers => new("momentum", "adam");

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void NothingOfTheUpdateStays(string name)
    {
        Model model = s_library.Create("Wide", Machines.Widest, seed: 1);
        var optimizer = Create(name, 3e38f);
        model.Compile(optimizer, new MeanSquaredError());
        float[] before = [];
        var snapshot = new LambdaCallback(onBatchBegin: context => before = Fits.Weights(context.Model));
        Assert.Throws<NonFiniteException>(() => model.Fit(Data(1e9f), epochs: 3, batchSize: 4, callbacks: [snapshot]));

        Assert.Equal(before, Fits.Weights(model));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TrainingGoesOnWithAFreshState(string name)
    {
        Model model = s_library.Create("Wide", Machines.Widest, seed: 1);
        Optimizer optimizer = Create(name, 3e38f);
        model.Compile(optimizer, new MeanSquaredError());
        Assert.Throws<NonFiniteException>(() => model.Fit(Data(1e9f), epochs: 3, batchSize: 4));

        optimizer.LearningRate = 1e-3f;
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Assign(new float[parameter.Count]);
        }

        History history = model.Fit(Data(1f), epochs: 5, batchSize: 4);
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    [Fact]
    public void AModelInTrainingIsNotCompiledOrFittedAgain()
    {
        Model model = Fits.Model();
        model.Compile(new SGD(0.01f), new MeanSquaredError());
        var compile = new LambdaCallback(onBatchEnd: context => ((Model)context.Model).Compile(new Adam(), new MeanSquaredError()));
        var fit = new LambdaCallback(onBatchEnd: context => ((Model)context.Model).Fit(Fits.Data));

        Assert.Contains("training", Assert.Throws<InvalidOperationException>(() => model.Fit(Fits.Data, callbacks: [compile])).Message, StringComparison.Ordinal);
        Assert.Contains("training", Assert.Throws<InvalidOperationException>(() => model.Fit(Fits.Data, callbacks: [fit])).Message, StringComparison.Ordinal);
        model.Fit(Fits.Data);
    }

    [Fact]
    public void OverlappingSpansAreRefused()
    {
        Model model = Fits.Model();
        float[] memory = new float[100];

        ArgumentException exception = Assert.Throws<ArgumentException>(() => model.Predict(memory.AsSpan(0, 50), memory.AsSpan(20, 30)));
        Assert.Equal("outputs", exception.ParamName);
    }

    private static Optimizer Create(string name, float rate) => name == "adam" ? new Adam(rate) : new SGD(rate, momentum: 0.9f);

    private static Dataset Data(float target)
    {
        float[] features = new float[4 * Inputs];
        Array.Fill(features, 1f);
        float[] targets = new float[4 * Outputs];
        for (int row = 0; row < 4; row++)
        {
            targets[row * Outputs] = target;
        }

        return new Dataset(features, targets, 4);
    }
}
