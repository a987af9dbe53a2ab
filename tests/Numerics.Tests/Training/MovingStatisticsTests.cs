using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>What batch normalization remembers, and that predictions follow every change of it.</summary>
public sealed class MovingStatisticsTests
{
    private const int Inputs = 5;
    private const int Rows = 33;

    private static readonly Blueprint s_blueprint = new(
        "Averaged", [Inputs], new DenseSketch(17, Activation.Tanh), new BatchNormalizationSketch(Momentum: 0.75f), new DenseSketch(3), new BatchNormalizationSketch());

    // Every phase is large enough to be shared.
    private static readonly Blueprint s_large = new(
        "Shared",
        [101],
        new BatchNormalizationSketch(),
        new DenseSketch(120, Activation.Relu),
        new BatchNormalizationSketch(),
        new DropoutSketch(0.2f),
        new DenseSketch(130, UseBias: false),
        new BatchNormalizationSketch(),
        new GaussianNoiseSketch(0.1f),
        new LayerNormalizationSketch(),
        new DenseSketch(10, Activation.Softmax));

    private static readonly NetworkLibrary s_library = new(s_blueprint, s_large);

    private static readonly float[] s_inputs = RandomValues.Uniform(Rows * Inputs, seed: 1);

    public static TheoryData<Machine> Each => new(Machines.Tested);

    /// <summary>moving = momentum·moving + (1 − momentum)·batch with the biased variance, also of the shorter last batch.</summary>
    [Theory]
    [MemberData(nameof(Each))]
    public void FollowTheBatchesByDefinition(Machine machine)
    {
        Model model = Compiled(machine, new NoOptimizer());
        double[] mean = Values(model, "batch_normalization1/moving_mean");
        double[] variance = Values(model, "batch_normalization1/moving_variance");
        foreach (int batchSize in new[] { Rows, 14 })
        {
            model.Fit(new Dataset(s_inputs, new float[Rows * 3], Rows), batchSize: batchSize, shuffle: false);
            for (int first = 0; first < Rows; first += batchSize)
            {
                int count = Math.Min(batchSize, Rows - first);
                var reference = new ReferenceNetwork(s_blueprint, model, noise: 0);
                reference.Predict(s_inputs[(first * Inputs)..((first + count) * Inputs)]);
                ReferenceStandardization layer = reference.Layers.OfType<ReferenceStandardization>().First();
                mean = [.. mean.Zip(layer.Means, static (moving, batch) => (0.75 * moving) + (0.25 * batch))];
                variance = [.. variance.Zip(layer.Variances, static (moving, batch) => (0.75 * moving) + (0.25 * batch))];
            }

            Closeness.AssertClose(mean, Floats(model, "batch_normalization1/moving_mean"), depth: Rows, "moving mean", scale: 1);
            Closeness.AssertClose(variance, Floats(model, "batch_normalization1/moving_variance"), depth: Rows, "moving variance", scale: 1);
        }
    }

    [Fact]
    public void GradientsAndEvaluationLeaveThemAlone()
    {
        Model model = Compiled(Machines.Widest, new SGD(0.1f));
        float[] before = Floats(model, "batch_normalization1/moving_mean");
        var data = new Dataset(s_inputs, new float[Rows * 3], Rows);
        model.ComputeGradients(data);
        model.Evaluate(data);
        model.Predict(s_inputs);

        Assert.Equal(before, Floats(model, "batch_normalization1/moving_mean"));
    }

    [Theory]
    [InlineData("dense1/kernel")]
    [InlineData("dense2/bias")]
    [InlineData("batch_normalization1/gamma")]
    [InlineData("batch_normalization1/moving_variance")]
    [InlineData("batch_normalization2/beta")]
    [InlineData("batch_normalization2/moving_mean")]
    public void PredictionsFollowAnAssignment(string parameter)
    {
        Model model = Compiled(Machines.Widest, new SGD(0.1f));
        float[] before = model.Predict(s_inputs);
        Parameter changed = model.Parameters.Single(candidate => candidate.Name == parameter);
        changed.Assign([.. changed.ToArray().Select(static value => value + 0.5f)]);

        Assert.NotEqual(before, model.Predict(s_inputs));
        Agreement.OfOutputs(s_blueprint, model, s_inputs);
    }

    [Fact]
    public void PredictionsFollowTrainingAndLoading()
    {
        Model model = Compiled(Machines.Widest, new SGD(0.1f));
        float[] untrained = model.Predict(s_inputs);
        string path = Path.Combine(Path.GetTempPath(), $"unroll-{Guid.NewGuid():N}.safetensors");
        try
        {
            model.Save(path);
            model.Fit(new Dataset(s_inputs, new float[Rows * 3], Rows), epochs: 2);
            Assert.NotEqual(untrained, model.Predict(s_inputs));
            Agreement.OfOutputs(s_blueprint, model, s_inputs);
            model.LoadWeights(path);
            Assert.Equal(untrained, model.Predict(s_inputs));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The first epoch is the best: the later ones are undone, statistics included.</summary>
    [Fact]
    public void PredictionsFollowRestoredWeights()
    {
        Model model = Compiled(Machines.Widest, new SGD(0.5f));
        float[] first = [];
        var data = new Dataset(s_inputs, [.. Enumerable.Repeat(1f, Rows * 3)], Rows);
        var opposite = new Dataset(s_inputs, [.. Enumerable.Repeat(-9f, Rows * 3)], Rows);
        var remember = new LambdaCallback(onEpochEnd: context => first = context.Epoch == 0 ? model.Predict(s_inputs) : first);
        model.Fit(data, epochs: 5, validation: opposite, callbacks: [remember, new EarlyStopping(patience: 2, restoreBestWeights: true)]);

        Assert.Equal(first, model.Predict(s_inputs));
    }

    [Fact]
    public void ThreadsThatPredictRightAfterAChangeSeeAllOfIt()
    {
        const int Threads = 4;
        Model model = Compiled(Machines.Widest, new SGD(0.1f));
        Parameter gamma = model.Parameters.Single(static parameter => parameter.Name == "batch_normalization1/gamma");
        using var barrier = new Barrier(Threads);
        int wrong = 0;
        float[][] answers = new float[Threads][];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int round = 0; round < 50; round++)
            {
                if (thread == 0)
                {
                    gamma.Assign(RandomValues.Uniform(gamma.Count, seed: round));
                }

                barrier.SignalAndWait();
                answers[thread] = model.Predict(s_inputs);
                barrier.SignalAndWait();
                if (!answers[thread].AsSpan().SequenceEqual(answers[0]) || !answers[0].AsSpan().SequenceEqual(model.Predict(s_inputs)))
                {
                    Interlocked.Increment(ref wrong);
                }

                barrier.SignalAndWait();
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        Assert.Equal(0, wrong);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void ThreadsDoNotChangeABit(Machine machine)
    {
        float[] alone = Trained(machine, threads: 1);

        Assert.Equal(alone, Trained(machine, threads: 2));
        Assert.Equal(alone, Trained(machine, threads: 5));
    }

    // Several blocks a batch, and a last batch that ends inside one.
    private static float[] Trained(Machine machine, int threads)
    {
        const int Count = 700;
        const int BatchSize = 525;
        Model model = s_library.Create("Shared", machine, seed: 3);
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        model.Compile(new Adam(0.01f), new SparseCategoricalCrossentropy());
        var data = new Dataset(RandomValues.Uniform(Count * 101, seed: 1), RandomValues.Labels(Count, 10, seed: 2), Count);
        History history = model.Fit(data, epochs: 2, batchSize: BatchSize, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray()), .. history["loss"]];
    }

    private static Model Compiled(Machine machine, Optimizer optimizer)
    {
        Model model = s_library.Create("Averaged", machine);
        RandomValues.AssignTo(model, seed: 5);
        model.Compile(optimizer, new MeanSquaredError());
        return model;
    }

    private static float[] Floats(Model model, string name) => model.Parameters.Single(parameter => parameter.Name == name).ToArray();

    private static double[] Values(Model model, string name) => ReferenceNetwork.Doubles(Floats(model, name));
}
