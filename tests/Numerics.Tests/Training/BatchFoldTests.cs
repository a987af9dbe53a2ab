using Unroll.Compiled;
using Unroll.Data;
using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>
/// Batches of which only some samples are in memory at a time: losses, outputs and gradients are, bit for bit, those of all samples at once,
/// which other tests hold against the references.
/// </summary>
public sealed class BatchFoldTests
{
    private const int Samples = 107;

    private static readonly NetworkLibrary s_library = new("""
        [Network(11)] [GaussianNoise(0.1f)] [Dense(37, Activation.Tanh, KernelL2 = 0.01f, BiasL1 = 0.01f)] [Dropout(0.3f)] [Dense(70, Activation.Relu)]
        [LayerNormalization(GammaL2 = 0.01f)] [Dense(3, Activation.Softmax)] public sealed partial class Layers;
        [Network(9, 8, 3)] [Conv2D(6, 3, Activation.Relu, KernelL2 = 0.01f)] [DepthwiseConv2D(3, DepthwiseL2 = 0.01f)] [Conv2DTranspose(17, 2)]
        [GroupNormalization(1)] [SpatialDropout2D(0.2f)] [PRelu] [MaxPooling2D(2)] [DepthwiseConv2D(2)] [Flatten] [Dense(3)] public sealed partial class Images;
        [Network(7, 5)] [Masking] [LSTM(6, ReturnSequences = true, Dropout = 0.2f)] [GRU(5)] [Dense(3)] public sealed partial class Steps;
        [Network(4)] [Embedding(30, 20)] [MultiHeadAttention(2, 3)] [Flatten] [Dense(3)] public sealed partial class Words;
        [Network(4)] [Embedding(30, 20, EmbeddingsL2 = 0.01f, Name = "left")] [Embedding(40, 20, Name = "right", From = "input")] [Add("", "left")]
        [Flatten] [Dense(3)] public sealed partial class Tables;
        [Block] [Dense(5, Activation.Tanh, KernelL2 = 0.02f)] [ActivityRegularization(L2 = 0.01f)] [Dense(3)] [ActivityRegularization(L1 = 0.01f)] public partial class Tower;
        [Network] [Input("left", 4)] [Input("right", 4)] [Use<Tower>(Name = "tower", From = "left")]
        [Use<Tower>(Shared = "tower", From = "right", Name = "other")] [Multiply("tower", "other")] [Dense(3)] public sealed partial class Twins;
        [Network(6, 4)] [TimeDistributed<Tower>] [Dense(3)] public sealed partial class Each;
        [Network(4)] [Dense(6, Activation.Tanh, Name = "both")] [Dense(3, Activation.Softmax)] [Output("kind")]
        [Dense(2, From = "both")] [Output("place")] [Dense(1, Activation.Sigmoid, From = "both")] [Output("flag")] public sealed partial class Heads;
        [Network(5)] [Dense(20)] [BatchNormalization] [Dense(3)] public sealed partial class Normalized;
        [Network(7, 5)] [Masking] [LSTM(6, ReturnSequences = true)] [Dense(3)] public sealed partial class Masked;
        """);

    private static readonly NetworkLibrary s_wide = new("""
        [Network(784)] [Dense(512, Activation.Relu)] [Dense(512, Activation.Relu)] [Dense(10)] public sealed partial class Wide;
        """)
    { Machines = [Machines.Widest] };

    public static TheoryData<string, Machine> Folded
    {
        get
        {
            var data = new TheoryData<string, Machine>();
            foreach (Machine machine in Machines.Tested)
            {
                data.AddRange([.. ((string[])["Layers", "Images", "Steps", "Words", "Tables", "Twins", "Each", "Heads"]).Select(name => (name, machine))]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Folded))]
    public void NoBitIsOtherThanThatOfTheWholeBatch(string network, Machine machine)
    {
        int unit = Math.Min(32, s_library.Create(network, machine).Network.BlockSamples);
        AssertSame(network, machine, Samples, (unit, 1), (64, 1));
    }

    /// <summary>Batches that three threads share, of which there is room for a block of each.</summary>
    [Theory]
    [InlineData("Layers", 1400)]
    [InlineData("Images", 270)]
    [InlineData("Steps", 540)]
    [InlineData("Words", 1800)]
    public void ThreadsChangeNoBitOfWhatIsInMemory(string network, int samples)
    {
        Assert.Equal(3, TrainingLoop.ThreadsWorth(s_library.Create(network, Machines.Widest).Network, samples, available: 3));
        AssertSame(network, Machines.Widest, samples, (64, 2), (96, 3));
    }

    /// <summary>Where the samples of a batch meet on the way, all of them are there.</summary>
    [Theory]
    [InlineData("Normalized")]
    [InlineData("Masked")]
    public void WhatNeedsTheWholeBatchKeepsIt(string network)
    {
        NetworkDescription description = s_library.Create(network, Machines.Widest).Network;

        Assert.True(description.KeepsBatch);
        Assert.Equal(1 << 20, BatchFold.RoomFor(description, 1 << 20, threads: 1));
    }

    /// <summary>
    /// At commit e13c691 blocks of 128 samples held a batch of 1,024: 8 of 1,499,136 bytes, with 2,691,136 of gradients and 1,069,056 of
    /// transposed kernels 15,753,280.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AStepOfALargeBatchTakesAThirdOfWhatItTook(int threads)
    {
        Model model = s_wide.Create("Wide", Machines.Widest);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true), new Accuracy());
        using var loop = new TrainingLoop(model.Instance, capacity: 1024, threads);

        Assert.InRange(loop.Step.Bytes, 1, 15_753_280 / 3);
    }

    /// <summary>More threads have room for more samples; metrics look at what was kept of those that are gone.</summary>
    [Fact]
    public void ThreadsChangeNoBitOfAFoldedBatch()
    {
        Assert.Equal([96, 96, 128, 333], ((int[])[1, 2, 3, 5]).Select(static threads => BatchFold.RoomFor(WideModel().Network, 333, threads)));
        float[] alone = Trained(threads: 1);

        Assert.Equal(alone, Trained(threads: 2));
        Assert.Equal(alone, Trained(threads: 3));
        Assert.Equal(alone, Trained(threads: 5));
    }

    /// <summary>Two blocks of 128 samples.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(100_000)]
    public void SmallBatchesAreThereAsAWhole(int batch) =>
        Assert.Equal(batch <= 256 ? batch : 96, BatchFold.RoomFor(WideModel().Network, batch, threads: 1));

    private static Model WideModel() => s_wide.Create("Wide", Machines.Widest);

    private static float[] Trained(int threads)
    {
        const int Rows = 400;
        const int BatchSize = 333;
        Model model = WideModel();
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        model.Compile(new SGD(0.01f), new SparseCategoricalCrossentropy(fromLogits: true), new Accuracy());
        var data = new Dataset(RandomValues.Uniform(Rows * 784, seed: 1), RandomValues.Labels(Rows, 10, seed: 2), Rows);
        History history = model.Fit(data, epochs: 2, batchSize: BatchSize, threads: threads, seed: 1);
        Assert.Contains(history["accuracy"], static value => value > 0f);
        return [.. Fits.Weights(model), .. history["loss"], .. history["accuracy"]];
    }

    private static void AssertSame(string network, Machine machine, int samples, params (int Room, int Threads)[] folds)
    {
        Step whole = StepOf(network, machine, samples, room: samples, threads: 1);
        foreach ((int room, int threads) in folds)
        {
            Step folded = StepOf(network, machine, samples, room, threads);
            Assert.Equal(whole.Loss, folded.Loss);
            Assert.Equal(whole.Outputs, folded.Outputs);
            Assert.Equal(whole.Gradients, folded.Gradients);
            Assert.Equal(whole.Touched, folded.Touched);
        }

        Assert.Contains(whole.Gradients, static value => value != 0f);
    }

    private static Step StepOf(string network, Machine machine, int samples, int room, int threads)
    {
        Model model = s_library.Create(network, machine);
        Loss[] losses = network switch
        {
            "Heads" => [new SparseCategoricalCrossentropy(), new MeanAbsoluteError(), new BinaryCrossentropy()],
            "Layers" => [new SparseCategoricalCrossentropy()],
            _ => [new MeanSquaredError()],
        };
        model.Compile(
            new SGD(), losses, [.. losses.Select(static (_, index) => 1f - (0.3f * index))], [.. losses.Select(static loss => new OutputMetrics([new MeanAbsoluteError()]))]);
        Assert.False(model.Network.KeepsBatch);
        float[] features = RandomValues.Uniform(samples * model.Network.InputSize, seed: 1);
        if (network is "Words" or "Tables")
        {
            features = [.. features.Select(static value => MathF.Floor(15f * (value + 1f)))];
        }
        else if (network == "Steps")
        {
            features.AsSpan(0, features.Length / 2).Clear();
        }

        int targets = model.Instance.Goals.Sum(static goal => goal.TargetSize);
        float[] weights = [.. RandomValues.Uniform(samples, seed: 3).Select(MathF.Abs)];
        var data = new Dataset(
            features,
            network == "Layers" ? RandomValues.Labels(samples, 3, seed: 2) : [.. RandomValues.Uniform(samples * targets, seed: 2).Select(static value => value > 0 ? 1f : 0f)],
            samples,
            weights);
        using var loop = new TrainingLoop(model.Instance, samples, threads, room);

        // What a step before has left changes nothing.
        Assert.True(loop.ComputeGradients(BatchRows.All(data), noise: 5));
        Assert.True(loop.ComputeGradients(BatchRows.All(data), noise: 6));
        return new Step(
            loop.LossOfBatch(),
            [.. loop.Step.Outputs.SelectMany(output => Enumerable.Range(0, samples).SelectMany(sample => loop.Step.Rows(output, sample, 1).Output(0).ToArray()))],
            loop.Step.GradientSpan.ToArray(),
            loop.Step.Runs.Touched.ToArray());
    }

    private sealed record Step(float Loss, float[] Outputs, float[] Gradients, (int First, int Length)[] Touched);
}
