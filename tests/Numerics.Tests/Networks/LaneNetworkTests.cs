using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;
using Unroll.Running;

namespace Unroll.Numerics.Tests;

/// <summary>Networks of so few units that blocks have samples as lanes: whole groups, a part of one, several blocks.</summary>
public sealed class LaneNetworkTests
{
    private const int Seed = 42;

    private static readonly int[] s_batches = [1, 2, 7, 15, 16, 17, 33, 256];

    private static readonly ReferenceLoss s_squares = new ReferenceMeanSquaredError();
    private static readonly ReferenceLoss s_sparse = new ReferenceSparseCategoricalCrossentropy(Clipped: false);

    private static readonly NetworkCase[] s_networks =
    [
        Case("Relu3", s_squares, 4, new DenseSketch(16, Activation.Relu), new DenseSketch(3)),
        Case("Softmax3", s_sparse, 4, new DenseSketch(16, Activation.Relu), new DenseSketch(3, Activation.Softmax)),
        Case("Relu2", s_squares, 6, new DenseSketch(24, Activation.Relu), new DenseSketch(24, Activation.Relu), new DenseSketch(2)),
        Case("Tanh3", s_squares, 5, new DenseSketch(20, Activation.Tanh), new DenseSketch(3, Activation.Sigmoid)),
        Case("Softmax6", s_squares, 3, new DenseSketch(5, Activation.LogSoftmax), new DenseSketch(6, Activation.Softmax)),
        Case("NoBias", s_squares, 2, new DenseSketch(7, UseBias: false), new DenseSketch(5, Activation.Elu, UseBias: false)),

        // More units than registers, and fewer left over.
        Case("Many", s_squares, 9, new DenseSketch(35, Activation.Swish), new DenseSketch(34, Activation.Relu), new DenseSketch(5)),
    ];

    private static readonly NetworkLibrary s_library = new([.. s_networks.Select(static network => network.Blueprint)]);

    public static TheoryData<Machine, string> Cases
    {
        get
        {
            var data = new TheoryData<Machine, string>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach (NetworkCase network in s_networks)
                {
                    data.Add(machine, network.Blueprint.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = s_networks.Single(network => network.Blueprint.Name == name);
        Model model = s_library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed, s_batches);
    }

    [Fact]
    public void BlocksHaveSamplesAsLanes() => Assert.All(
        s_networks,
        static network => Assert.Contains("SampleLanes.FromRows(", s_library.Files[$"Nets.{network.Blueprint.Name}.Schedule.g.cs"], StringComparison.Ordinal));

    /// <summary>What a sample gets does not depend on those beside it, nor on where it stands.</summary>
    [Fact]
    public void LanesDoNotMeet()
    {
        Model model = s_library.Create("Softmax3", Machines.Widest, Seed);
        float[] inputs = RandomValues.Uniform(40 * 4, seed: 1);
        float[] expected = model.Predict(inputs);
        inputs.AsSpan(0, 20).Fill(float.NaN);
        inputs.AsSpan(100, 20).Fill(float.PositiveInfinity);
        float[] outputs = model.Predict(inputs);

        Assert.Equal(expected[15..75], outputs[15..75]);
        Assert.Equal(expected[90..], outputs[90..]);
        Assert.All(outputs[..15], static value => Assert.True(float.IsNaN(value)));
        Assert.Equal(expected[30..], model.Predict(RandomValues.Uniform(40 * 4, seed: 1).AsSpan(40)));
    }

    /// <summary>Threads share a batch by whole groups, and a batch that is folded adds up the same sums.</summary>
    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        float[] alone = Trained(threads: 1);

        Assert.Equal(alone, Trained(threads: 2));
        Assert.Equal(alone, Trained(threads: 3));
    }

    // Enough for three threads; the last group is not full.
    private static float[] Trained(int threads)
    {
        const int Rows = 20_005;
        Model model = s_library.Create("Many", Machines.Widest, Seed);
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, Rows, threads));
        model.Compile(new Adam(0.01f), new MeanSquaredError());
        var data = new Dataset(RandomValues.Uniform(Rows * 9, seed: 1), RandomValues.Uniform(Rows * 5, seed: 2), Rows);
        History history = model.Fit(data, epochs: 2, batchSize: Rows, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray()), .. history["loss"]];
    }

    private static NetworkCase Case(string name, ReferenceLoss loss, int inputs, params LayerSketch[] layers) =>
        new(new Blueprint(name, [inputs], layers), loss);
}
