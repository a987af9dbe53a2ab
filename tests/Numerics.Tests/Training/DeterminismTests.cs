using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>The same seed gives the same bits, however many threads share the work.</summary>
public sealed class DeterminismTests
{
    private const int Inputs = 101;
    private const int Classes = 10;
    private const int Rows = 700;
    private const int BatchSize = 525;

    // Large enough that every phase of a step is shared: small work is done by one thread alone.
    private static readonly NetworkLibrary s_library = new(new Blueprint(
        "Noisy",
        [Inputs],
        new DropoutSketch(0.1f),
        new DenseSketch(120, Activation.Gelu, KernelL2: 1e-4f),
        new DropoutSketch(0.3f),
        new DenseSketch(130, Activation.Relu),
        new DropoutSketch(0.2f),
        new DenseSketch(Classes, Activation.Softmax)))
    { Machines = Machines.Compared };

    private static readonly LayerSketch[] s_noises =
        [new DropoutSketch(0.1f), new GaussianNoiseSketch(0.1f), new GaussianDropoutSketch(0.1f), new AlphaDropoutSketch(0.1f)];

    // Noise over the data, inside a product and behind one, with the gradient going through all but the first.
    private static readonly NetworkLibrary s_noisy = new([.. s_noises.Select(static noise => new Blueprint(
        NameOf(noise),
        [Inputs],
        noise,
        new DenseSketch(120, Activation.Selu),
        noise,
        new DenseSketch(130),
        noise,
        new ActivateSketch(Activation.Tanh),
        new DenseSketch(Classes, Activation.Softmax)))]);

    private static readonly NetworkLibrary s_connected = new("""
        [Network] [Input("left", 40)] [Input("right", 24)]
        [Dense(60, Activation.Tanh, From = "left", Name = "x")] [Dense(60, Activation.Relu, From = "right", Name = "y")]
        [Multiply("x", "y", Name = "both")] [Dropout(0.1f)] [Dense(33)] [Output("place")]
        [Dense(10, Activation.Softmax, From = "both")] [Output("kind")] public sealed partial class Pairs;
        [Network(12, 9)] [LSTM(33, ReturnSequences = true, Dropout = 0.1f)] [GRU(20)] [Dense(10, Activation.Softmax)] public sealed partial class Recurrent;
        """);

    public static TheoryData<Machine, string> Noises
    {
        get
        {
            var data = new TheoryData<Machine, string>();
            foreach (Machine machine in Machines.Tested)
            {
                data.AddRange([.. s_noises.Select(noise => (machine, NameOf(noise)))]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void ThreadsDoNotChangeABitOfAnyNoise(Machine machine, string noise)
    {
        AssertSame(threads => Trained(s_noisy.Create(noise, machine, seed: 3), threads));
    }

    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void ThreadsDoNotChangeABit(Machine machine)
    {
        float[] alone = Trained(machine, seed: 3, threads: 1);

        Assert.Equal(alone, Trained(machine, seed: 3, threads: 1));
        Assert.Equal(alone, Trained(machine, seed: 3, threads: 2));
        Assert.Equal(alone, Trained(machine, seed: 3, threads: 4));
        Assert.Equal(alone, Trained(machine, seed: 3, threads: 7));
    }

    [Fact]
    public void ThreadsDoNotChangeABitOfSeveralInputsAndOutputs()
    {
        static float[] Trained(int threads)
        {
            Model model = Shared(s_connected.Create("Pairs", Machines.Widest, seed: 3), rows: 1000, threads);
            model.Compile(new Adam(0.01f), [new MeanSquaredError(), new SparseCategoricalCrossentropy()]);
            const int Pairs = 1100;
            float[][] features = [RandomValues.Uniform(Pairs * 40, seed: 1), RandomValues.Uniform(Pairs * 24, seed: 2)];
            var data = new Dataset(features, [RandomValues.Uniform(Pairs * 33, seed: 4), RandomValues.Labels(Pairs, Classes, seed: 5)], Pairs);
            History history = model.Fit(data, epochs: 3, batchSize: 1000, threads: threads);
            return [.. Fits.Weights(model), .. history["place_loss"], .. history["kind_loss"]];
        }

        AssertSame(Trained);
    }

    [Fact]
    public void ThreadsDoNotChangeABitOfRecurrentLayers()
    {
        static float[] Trained(int threads)
        {
            Model model = Shared(s_connected.Create("Recurrent", Machines.Widest, seed: 3), rows: 100, threads);
            model.Compile(new Adam(0.01f), new SparseCategoricalCrossentropy());
            const int Sequences = 150;
            var data = new Dataset(RandomValues.Uniform(Sequences * 12 * 9, seed: 1), RandomValues.Labels(Sequences, Classes, seed: 2), Sequences);
            History history = model.Fit(data, epochs: 3, batchSize: 100, threads: threads);
            return [.. Fits.Weights(model), .. history["loss"]];
        }

        AssertSame(Trained);
    }

    [Fact]
    public void AnotherSeedIsAnotherModel() =>
        Assert.NotEqual(Trained(Machines.Widest, seed: 3, threads: 1), Trained(Machines.Widest, seed: 4, threads: 1));

    private static void AssertSame(Func<int, float[]> trained)
    {
        float[] alone = trained(1);

        Assert.Equal(alone, trained(2));
        Assert.Equal(alone, trained(3));
    }

    private static Model Shared(Model model, int rows, int threads)
    {
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, rows, threads));
        return model;
    }

    private static string NameOf(LayerSketch noise) => noise.GetType().Name[..^"Sketch".Length];

    private static float[] Trained(Machine machine, int seed, int threads) => Trained(s_library.Create("Noisy", machine, seed), threads);

    // Several blocks a batch, and a last batch that ends inside one.
    private static float[] Trained(Model model, int threads)
    {
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        model.Compile(new Adam(0.01f), new SparseCategoricalCrossentropy(), new Accuracy());
        var data = new Dataset(RandomValues.Uniform(Rows * Inputs, seed: 1), RandomValues.Labels(Rows, Classes, seed: 2), Rows);
        History history = model.Fit(data, epochs: 3, batchSize: BatchSize, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray()), .. history["loss"], .. history["accuracy"]];
    }
}
