using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>The same seed gives the same bits, however many threads share the work.</summary>
public sealed class DeterminismTests
{
    private const int Inputs = 101;
    private const int Classes = 10;

    // Large enough that every phase of a step is shared: small work is done by one thread alone.
    private static readonly NetworkLibrary s_library = new(new Blueprint(
        "Noisy",
        [Inputs],
        new DropoutSketch(0.1f),
        new DenseSketch(120, Activation.Gelu, KernelL2: 1e-4f),
        new DropoutSketch(0.3f),
        new DenseSketch(130, Activation.Relu),
        new DropoutSketch(0.2f),
        new DenseSketch(Classes, Activation.Softmax)));

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
    public void AnotherSeedIsAnotherModel() =>
        Assert.NotEqual(Trained(Machines.Widest, seed: 3, threads: 1), Trained(Machines.Widest, seed: 4, threads: 1));

    // Several blocks a batch, and a last batch that ends inside one.
    private static float[] Trained(Machine machine, int seed, int threads)
    {
        const int Rows = 700;
        Model model = s_library.Create("Noisy", machine, seed);
        model.Compile(new Adam(0.01f), new SparseCategoricalCrossentropy(), new Accuracy());
        var data = new Dataset(RandomValues.Uniform(Rows * Inputs, seed: 1), RandomValues.Labels(Rows, Classes, seed: 2), Rows);
        History history = model.Fit(data, epochs: 3, batchSize: 131, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray()), .. history["loss"], .. history["accuracy"]];
    }
}
