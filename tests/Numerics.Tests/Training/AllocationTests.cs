using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Tests that count what the whole process allocates run alone.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>After the first time, predictions and training steps allocate nothing.</summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private static readonly NetworkLibrary s_library = new(
        new Blueprint(
            "Trained",
            [100],
            new DropoutSketch(0.1f),
            new DenseSketch(120, Activation.Gelu, KernelL2: 1e-4f),
            new DenseSketch(130, Activation.Relu),
            new DropoutSketch(0.2f),
            new DenseSketch(10, Activation.Softmax)),
        new Blueprint("Ranked", [3, 5], new DenseSketch(4, Activation.Sigmoid), new FlattenSketch(), new ActivateSketch(Activation.Softmax)));

    public static TheoryData<string> Networks => ["Trained", "Ranked"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void PredictAllocatesNothing(string network)
    {
        Model model = s_library.Create(network, Machines.Widest);
        float[] inputs = RandomValues.Uniform(model.Network.InputSize * 70, seed: 1);
        float[] outputs = new float[model.Network.OutputSize * 70];
        model.Predict(inputs, outputs);

        // The rest of the thread's allocation buffer counts when a collection takes it away; what we allocate, we would allocate each time.
        long[] rounds = new long[20];
        for (int round = 0; round < rounds.Length; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Predict(inputs, outputs);
            model.Predict(inputs.AsSpan(0, model.Network.InputSize), outputs.AsSpan(0, model.Network.OutputSize));
            rounds[round] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, rounds.Order().ElementAt(rounds.Length * 3 / 4));
    }

    // The other network's steps are too small to be shared.
    public static TheoryData<string, int, string> Steps
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (string optimizer in (string[])["sgd", "nesterov", "adam", "lion", "averaged"])
            {
                data.Add("Trained", 1, optimizer);
                data.Add("Trained", 2, optimizer);
                data.Add("Ranked", 1, optimizer);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void ATrainingStepAllocatesNothing(string network, int threads, string optimizer)
    {
        const int BatchSize = 260;
        const int Rows = 40 * BatchSize;
        Model model = s_library.Create(network, Machines.Widest);
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        model.Compile(
            optimizer switch
            {
                "sgd" => new SGD(),
                "nesterov" => new SGD(0.01f, 0.9f, nesterov: true),
                "lion" => new Lion(),
                "averaged" => new Adam(new CosineDecay(0.01f, decaySteps: 100)) { UseEma = true, EmaOverwriteFrequency = 2 },
                _ => new Adam(),
            },
            new SparseCategoricalCrossentropy(),
            new Accuracy());
        var data = new Dataset(
            RandomValues.Uniform(Rows * model.Network.InputSize, seed: 1),
            RandomValues.Labels(Rows, model.Network.OutputSize, seed: 2),
            Rows);
        var meter = new Meter(batches: 40);
        model.Fit(data, epochs: Meter.Epochs, batchSize: BatchSize, threads: threads, callbacks: [meter]);

        Assert.Equal(0, meter.LeastOfEpoch);
    }

    [Theory]
    [InlineData("categorical")]
    [InlineData("squared")]
    [InlineData("absolute")]
    public void NorDoesAnyOtherLoss(string loss)
    {
        const int Rows = 40 * 32;
        Model model = s_library.Create("Trained", Machines.Widest);
        model.Compile(
            new SGD(),
            loss switch
            {
                "categorical" => new CategoricalCrossentropy(),
                "squared" => new MeanSquaredError(),
                _ => new MeanAbsoluteError(),
            },
            new Accuracy());
        var data = new Dataset(
            RandomValues.Uniform(Rows * model.Network.InputSize, seed: 1),
            [.. RandomValues.Uniform(Rows * model.Network.OutputSize, seed: 2).Select(MathF.Abs)],
            Rows);
        var meter = new Meter(batches: 40);
        model.Fit(data, Meter.Epochs, callbacks: [meter], threads: 1);

        Assert.Equal(0, meter.LeastOfEpoch);
    }

    [Fact]
    public void NorDoesABatchThatComesAgain()
    {
        const int Rows = 131;
        Model model = s_library.Create("Trained", Machines.Widest);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        var batch = new Batch(
            RandomValues.Uniform(Rows * model.Network.InputSize, seed: 1),
            RandomValues.Labels(Rows, model.Network.OutputSize, seed: 2),
            Rows,
            RandomValues.Labels(Rows, classes: 3, seed: 3));
        var meter = new Meter(batches: 40);
        model.Fit(Enumerable.Repeat(batch, 40), Meter.Epochs, callbacks: [meter], threads: 1, classWeight: new Dictionary<int, float> { [1] = 2f });

        Assert.Equal(0, meter.LeastOfEpoch);
    }

    /// <summary>
    /// What the whole process allocates from the end of an epoch's first batch to that of its last, in the epoch with the least of it. Training
    /// ends with an epoch that has none.
    /// </summary>
    // Two things count that are not ours, now and then: what the test runner's threads report, and the rest of a thread's allocation buffer
    // when a collection takes it away. What we allocate, we would allocate in each epoch.
    private sealed class Meter(int batches) : Callback
    {
        public const int Epochs = 50;

        private long _start;

        public long LeastOfEpoch { get; private set; } = long.MaxValue;

        public override void OnBatchEnd(TrainingContext context)
        {
            long total = GC.GetTotalAllocatedBytes(precise: true);
            if (context.Batch == 0)
            {
                _start = total;
            }
            else if (context.Batch == batches - 1)
            {
                LeastOfEpoch = Math.Min(LeastOfEpoch, total - _start);
                context.StopTraining = LeastOfEpoch == 0;
            }
        }
    }
}
