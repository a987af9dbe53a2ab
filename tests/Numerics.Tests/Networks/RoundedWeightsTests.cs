using System.Globalization;
using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>
/// Predictions with kernels rounded to bfloat16. Each network has a twin that is compiled for single precision and is given the rounded kernels as
/// its parameters: both must agree with the double-precision reference of the twin and, their sums being the same, with each other to the bit.
/// </summary>
public sealed class RoundedWeightsTests
{
    private const string Rounded = ", InferenceWeights = WeightPrecision.BFloat16";
    private const int Steps = 5;

    // From 8,192 floats on, single samples read 16 bits: odd and even rows, and units around a panel.
    private static readonly (int Inputs, int Units)[] s_sizes = [(1, 15), (2, 1), (15, 16), (16, 17), (17, 33), (33, 100), (100, 1)];

    private static readonly Blueprint[] s_blueprints =
    [
        .. s_sizes.Select(static size => new Blueprint(
            $"Dense{size.Inputs}To{size.Units}", [size.Inputs], new DenseSketch(size.Units, Activation.Tanh), new DenseSketch(520), new DenseSketch(33))),
        new("Small", [17], new DenseSketch(33, Activation.Relu), new DenseSketch(15, UseBias: false)),
        new("Deep", [7, 19], new DenseSketch(33, Activation.Relu), new FlattenSketch(), new DenseSketch(65, Activation.Softmax)),
        new("Lstm", [Steps, 17], new RecurrentSketch("LSTM", 33), new DenseSketch(2)),
        new("Gru", [Steps, 3], new RecurrentSketch("GRU", 49) { ReturnSequences = true }, new RecurrentSketch("GRU", 16) { ResetAfter = false }, new DenseSketch(1)),
        new("Rnn", [Steps, 2], new RecurrentSketch("SimpleRNN", 100), new DenseSketch(3)),
        new("SmallLstm", [Steps, 1], new RecurrentSketch("LSTM", 15), new DenseSketch(1)),
        new("Attention", [4, 40], new AttentionSketch(2, 17), new FlattenSketch(), new DenseSketch(65)),
    ];

    private static readonly string[] s_streams = ["Lstm", "Rnn", "SmallLstm"];

    private static readonly NetworkLibrary s_library = new(
        string.Concat(s_blueprints.Select(static blueprint => Twin(blueprint).Source + Half(blueprint).Source))
        + $"[Network(6, 6, 1{Rounded})] {Image} public sealed partial class Image;\n[Network(6, 6, 1)] {Image} public sealed partial class ImageTwin;\n"
        + $"[Network(20{Rounded})] {Folded} public sealed partial class Folded;\n[Network(20)] {Folded} public sealed partial class FoldedTwin;\n"
        + "[Block] [Reshape(5, 4)] [LSTM(33)] [Dense(100, Activation.Tanh)] public class OfStep;\n"
        + $"[Network(3, 20{Rounded})] {Parted} public sealed partial class Parted;\n[Network(3, 20)] {Parted} public sealed partial class PartedTwin;\n"
        + $"[Network(6{Rounded})] [Embedding(9, 32)] [LSTM(33)] [Dense(2)] [Output(\"a\")] [Dense(3, From = \"lstm1\")] [Output(\"b\")] public sealed partial class Words;\n"
        + $"[Network({Steps}, 60, Streaming = true{Rounded})] {Causal} public sealed partial class Causal;\n[Network({Steps}, 60, Streaming = true)] {Causal} public sealed partial class CausalTwin;\n");

    private const string Image = """
        [Conv2D(5, 3, Activation.Relu)] [SeparableConv2D(17, 2)] [DepthwiseConv2D(2, DepthMultiplier = 2)] [Conv2DTranspose(3, 3, Activation.Relu)]
        [Flatten] [Dense(100, Activation.Relu)] [Dense(3)]
        """;

    private const string Causal = "[Conv1D(33, 3, Activation.Relu, Padding = Padding.Causal)] [Conv1D(7, 2, Padding = Padding.Causal, Dilation = [2])] [Dense(2)]";
    private const string Parted = "[TimeDistributed<OfStep>] [LSTM(33)] [Dense(3)]";
    private const string Folded = "[Dense(400)] [BatchNormalization] [Activate(Activation.Relu)] [BatchNormalization] [Dense(33)]";

    public static TheoryData<Machine, string> Cases => CasesOf(s_blueprints.Select(static blueprint => blueprint.Name));

    public static TheoryData<Machine, string> Streams => CasesOf([.. s_streams, "Causal"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void PredictsWithRoundedKernels(Machine machine, string name)
    {
        Blueprint blueprint = s_blueprints.Single(blueprint => blueprint.Name == name);
        (Model model, Model twin) = Pair(name, machine);
        var reference = new ReferenceNetwork(Twin(blueprint), twin);
        foreach (int batch in Agreement.FewerBatches)
        {
            float[] inputs = RandomValues.Uniform(batch * blueprint.InputSize, seed: batch);
            float[] outputs = model.Predict(inputs);

            double[] expected = reference.Predict(inputs);
            Closeness.AssertClose(expected, outputs, depth: 520, $"{name}, batch {batch}", expected.Max(Math.Abs) * reference.Cancellation);
            Assert.Equal(twin.Predict(inputs), outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void StreamsWithRoundedKernels(Machine machine, string name)
    {
        (Model model, Model twin) = Pair(name, machine);
        float[] sequence = RandomValues.Uniform(4 * Size(model), seed: 4);

        Assert.Equal(Run(StreamOf(twin), sequence), Run(StreamOf(model), sequence));
    }

    [Theory]
    [InlineData("Dense33To100")]
    [InlineData("Small")]
    [InlineData("Rnn")]
    public void RoundsAnewAfterAChange(string name)
    {
        Model model = s_library.Create(name, Machines.Widest);
        float[] inputs = RandomValues.Uniform(7 * Size(model), seed: 1);
        ModelStream? stream = s_streams.Contains(name) ? StreamOf(model) : null;
        for (int seed = 5; seed < 8; seed++)
        {
            RandomValues.AssignTo(model, seed);
            Model fresh = s_library.Create(name, Machines.Widest);
            RandomValues.AssignTo(fresh, seed);

            Assert.Equal(fresh.Predict(inputs), model.Predict(inputs));
            Assert.Equal(fresh.Predict(inputs.AsSpan(0, Size(model))), model.Predict(inputs.AsSpan(0, Size(model))));
            if (stream is not null)
            {
                stream.Reset();
                Assert.Equal(Run(StreamOf(fresh), inputs), Run(stream, inputs));
            }
        }
    }

    [Fact]
    public void TrainingIsThatOfSinglePrecision()
    {
        Model model = s_library.Create("Dense33To100", Machines.Widest, seed: 3);
        Model twin = s_library.Create("Dense33To100Twin", Machines.Widest, seed: 3);
        var data = new Dataset(RandomValues.Uniform(70 * 33, seed: 1), RandomValues.Uniform(70 * 33, seed: 2), 70);
        float[] before = model.Predict(data.Features[..33]);
        History history = Fit(model);
        History exact = Fit(twin);

        Assert.Equal(exact["loss"], history["loss"]);
        for (int i = 0; i < model.Parameters.Count; i++)
        {
            Assert.Equal(twin.Parameters[i].ToArray(), model.Parameters[i].ToArray());
        }

        // What was trained is what is rounded.
        Model fresh = s_library.Create("Dense33To100", Machines.Widest);
        CopyTo(fresh, model, static value => value);
        Assert.NotEqual(before, model.Predict(data.Features[..33]));
        Assert.Equal(fresh.Predict(data.Features), model.Predict(data.Features));
        Assert.Equal(fresh.Predict(data.Features[..33]), model.Predict(data.Features[..33]));

        History Fit(Model network)
        {
            network.Compile(new Adam(), new MeanSquaredError());
            return network.Fit(data, epochs: 2, batchSize: 32, seed: 9);
        }
    }

    [Fact]
    public void EvaluationIsThatOfPredictions()
    {
        (Model model, Model twin) = Pair("Dense17To33", Machines.Widest);
        var data = new Dataset(RandomValues.Uniform(40 * 17, seed: 1), RandomValues.Uniform(40 * 33, seed: 2), 40);
        model.Compile(new Adam(), new MeanSquaredError());
        twin.Compile(new Adam(), new MeanSquaredError());

        Assert.Equal(twin.Evaluate(data).Loss, model.Evaluate(data).Loss);
    }

    [Fact]
    public void ASnapshotPredictsLikeItsModel()
    {
        (Model model, _) = Pair("Dense17To33", Machines.Widest);
        float[] inputs = RandomValues.Uniform(3 * 17, seed: 1);
        ModelSnapshot snapshot = model.Snapshot();
        float[] three = model.Predict(inputs);
        float[] one = model.Predict(inputs.AsSpan(0, 17));
        RandomValues.AssignTo(model, seed: 77);

        Assert.Equal(three, snapshot.Predict(inputs));
        Assert.Equal(one, snapshot.Predict(inputs.AsSpan(0, 17)));
        Assert.NotEqual(three, model.Predict(inputs));
    }

    /// <summary>The kernels of convolutions of every kind.</summary>
    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void ConvolutionsReadRoundedKernels(Machine machine)
    {
        Model model = s_library.Create("Image", machine);
        Model twin = s_library.Create("ImageTwin", machine);
        RandomValues.AssignTo(model, seed: 5);
        CopyTo(twin, model, Round, static name => name.EndsWith("kernel", StringComparison.Ordinal));
        float[] inputs = RandomValues.Uniform(7 * 36, seed: 1);

        Assert.Equal(twin.Predict(inputs), model.Predict(inputs));
        Assert.Equal(twin.Predict(inputs.AsSpan(0, 36)), model.Predict(inputs.AsSpan(0, 36)));
    }

    /// <summary>Blocks that are applied to each step of a sequence, several times a sample.</summary>
    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void BlocksOfEachStepReadRoundedKernels(Machine machine)
    {
        (Model model, Model twin) = Pair("Parted", machine);
        float[] inputs = RandomValues.Uniform(7 * 60, seed: 1);

        Assert.Equal(twin.Predict(inputs), model.Predict(inputs));
        Assert.Equal(twin.Predict(inputs.AsSpan(0, 60)), model.Predict(inputs.AsSpan(0, 60)));
    }

    /// <summary>A kernel with a normalization folded in is rounded as it is then: no weight is off by more than half of its last bit.</summary>
    [Fact]
    public void RoundsWhatIsFolded()
    {
        Model model = s_library.Create("Folded", Machines.Widest);
        Model exact = s_library.Create("FoldedTwin", Machines.Widest);
        RandomValues.AssignTo(model, seed: 5);
        CopyTo(exact, model, static value => value);
        float[] inputs = RandomValues.Uniform(7 * 20, seed: 1);
        float[] expected = exact.Predict(inputs);
        float[] outputs = model.Predict(inputs);
        float[] one = model.Predict(inputs.AsSpan(0, 20));

        float largest = expected.Max(MathF.Abs);
        Assert.NotEqual(expected, outputs);
        Assert.All(outputs.Zip(expected), pair => Assert.InRange(MathF.Abs(pair.First - pair.Second), 0, largest / 256));
        Closeness.AssertClose(ReferenceNetwork.Doubles(outputs[..33]), one, depth: 400, "a single sample");
    }

    [Fact]
    public void SummaryTellsTheLargestDifference()
    {
        Model model = s_library.Create("Words", Machines.Widest);
        RandomValues.AssignTo(model, seed: 5);
        float difference = DifferenceIn(model.Summary());
        CopyTo(model, model, Round, static name => name.EndsWith("kernel", StringComparison.Ordinal));

        Assert.InRange(difference, 1e-5f, 1e-1f);
        Assert.InRange(DifferenceIn(model.Summary()), 0, 1e-6f);
        Assert.DoesNotContain("Inference weights", s_library.Create("SmallTwin", Machines.Widest).Summary(), StringComparison.Ordinal);
    }

    private static float DifferenceIn(string summary)
    {
        const string Before = " Inference weights: BFloat16 (outputs of 32 random samples differ by at most ";
        string line = summary.Split('\n')[^1];
        Assert.StartsWith(Before, line, StringComparison.Ordinal);
        return float.Parse(line[Before.Length..^1], CultureInfo.InvariantCulture);
    }

    private static TheoryData<Machine, string> CasesOf(IEnumerable<string> names)
    {
        var cases = new TheoryData<Machine, string>();
        foreach (string name in names)
        {
            foreach (Machine machine in Machines.Tested)
            {
                cases.Add(machine, name);
            }
        }

        return cases;
    }

    private static Blueprint Half(Blueprint blueprint) => blueprint with { Settings = Rounded + Streaming(blueprint) };

    private static Blueprint Twin(Blueprint blueprint) => blueprint with { Name = blueprint.Name + "Twin", Settings = Streaming(blueprint) };

    private static string Streaming(Blueprint blueprint) => s_streams.Contains(blueprint.Name) ? ", Streaming = true" : "";

    private static (Model Model, Model Twin) Pair(string name, Machine machine)
    {
        Model model = s_library.Create(name, machine);
        Model twin = s_library.Create(name + "Twin", machine);
        RandomValues.AssignTo(model, seed: 5);
        CopyTo(twin, model, Round, static parameter => parameter.EndsWith("kernel", StringComparison.Ordinal));
        return (model, twin);
    }

    private static void CopyTo(Model target, Model source, Func<float, float> change, Func<string, bool>? isChanged = null)
    {
        for (int i = 0; i < source.Parameters.Count; i++)
        {
            float[] values = source.Parameters[i].ToArray();
            target.Parameters[i].Assign(isChanged is null || isChanged(source.Parameters[i].Name) ? [.. values.Select(change)] : values);
        }
    }

    // By its definition, in exact arithmetic: of the two neighbours of 8 significant bits the nearer one, of two as near the even one.
    private static float Round(float value)
    {
        if (value == 0)
        {
            return value;
        }

        double unit = Math.ScaleB(1, Math.ILogB(value) - 7);
        return (float)(Math.Round(value / unit, MidpointRounding.ToEven) * unit);
    }

    private static int Size(Model model) => (int)model.GetType().GetField("InputSize")!.GetRawConstantValue()!;

    private static ModelStream StreamOf(Model model) => (ModelStream)model.GetType().GetMethod("CreateStream")!.Invoke(model, null)!;

    private static float[] Run(ModelStream stream, float[] sequence)
    {
        int steps = sequence.Length / stream.FrameSize;
        float[] outputs = new float[steps * stream.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            stream.Step(sequence.AsSpan(step * stream.FrameSize, stream.FrameSize), outputs.AsSpan(step * stream.OutputSize, stream.OutputSize));
        }

        return outputs;
    }
}
