using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests;

/// <summary>Attention against the definition in double precision, at every machine; its bits and its learning.</summary>
public sealed class AttentionNetworkTests
{
    private const int Seed = 42;

    private static readonly NetworkLibrary s_library = new("""
        [Block] [LayerNormalization] [MultiHeadAttention(4, 16, Dropout = 0.1f)] public partial class Attend;
        [Block] [LayerNormalization] [Dense(64, Activation.Gelu)] [Dense(32)] public partial class Forward;
        [Block] [Residual<Attend>] [Residual<Forward>] public partial class Encode;
        [Network(24)] [Embedding(20, 32, Name = "tokens")] [PositionEmbedding(Name = "positions")] [Add("tokens", "positions")]
        [Use<Encode>(Repeat = 2)] [LayerNormalization] [GlobalAveragePooling1D] [Dense(2, Activation.Softmax)] public sealed partial class Encoder;
        [Block] [LayerNormalization] [MultiHeadAttention(2, 8)] public partial class Look;
        [Block] [LayerNormalization] [Dense(32, Activation.Gelu)] [Dense(16)] public partial class Think;
        [Network(8)] [Embedding(6, 16, Name = "tokens")] [PositionEmbedding(Name = "positions")] [Add("tokens", "positions")]
        [Residual<Look>] [Residual<Think>] [LayerNormalization] [GlobalAveragePooling1D] [Dense(2, Activation.Softmax)] public sealed partial class Order;
        [Network(9, 4)] [MultiHeadAttention(2, 5, Causal = true)] public sealed partial class Causal;
        """);

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    public static TheoryData<Machine, string> Cases => NormalizationNetworkTests.CasesOf(AttentionNetworks.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = AttentionNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = AttentionNetworks.Library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed, name == "AttendWideScores" ? [1, 3] : Agreement.FewerBatches);
    }

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void LaterStepsAreNotSeen(Machine machine)
    {
        Model model = s_library.Create("Causal", machine);
        RandomValues.AssignTo(model, seed: 3);
        float[] x = RandomValues.Uniform(9 * 4, seed: 1);
        float[] before = model.Predict(x);
        RandomValues.Uniform(4 * 4, seed: 2, scale: 1e6f).CopyTo(x, 5 * 4);

        Assert.Equal(before[..(5 * 4)], model.Predict(x)[..(5 * 4)]);
    }

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void ThreadsDoNotChangeABit(Machine machine)
    {
        float[] alone = Trained(machine, threads: 1);

        Assert.Equal(alone, Trained(machine, threads: 2));
        Assert.Equal(alone, Trained(machine, threads: 3));
    }

    /// <summary>Which of two tokens comes first: no count of tokens tells.</summary>
    [Fact]
    public void AnEncoderLearnsOrder()
    {
        const int Rows = 512;
        const int Steps = 8;
        float[] tokens = RandomValues.Labels(Rows * Steps, 4, seed: 4);
        float[] labels = RandomValues.Labels(Rows, 2, seed: 5);
        var random = new Random(6);
        for (int row = 0; row < Rows; row++)
        {
            int first = random.Next(Steps - 1);
            int second = random.Next(first + 1, Steps);
            tokens[(row * Steps) + first] = labels[row] == 0 ? 4 : 5;
            tokens[(row * Steps) + second] = labels[row] == 0 ? 5 : 4;
        }

        Model model = s_library.Create("Order", Machines.Widest, Seed);
        model.Compile(new Adam(5e-3f), new SparseCategoricalCrossentropy(), new Accuracy());
        var data = new Dataset(tokens, labels, Rows);
        model.Fit(data.Take(448), epochs: 20, seed: 1);

        Assert.InRange(model.Evaluate(data.Skip(448))["accuracy"], 0.95f, 1f);
    }

    private static float[] Trained(Machine machine, int threads)
    {
        const int Rows = 100;
        const int BatchSize = 64;
        Model model = s_library.Create("Encoder", machine, seed: 3);
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        model.Fit(
            new Dataset(RandomValues.Labels(Rows * 24, 20, seed: 1), RandomValues.Labels(Rows, 2, seed: 2), Rows), epochs: 2, batchSize: BatchSize, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
    }
}
