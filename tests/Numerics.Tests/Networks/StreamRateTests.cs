using Unroll.Numerics.Tests.Harness;
using Unroll.Tests;

namespace Unroll.Numerics.Tests;

/// <summary>Behind poolings and strides a stream has an output at those steps at which a prediction for the steps so far has one more, and that is it.</summary>
public sealed class StreamRateTests
{
    private const int Steps = 26;
    private const string Causal = ", Padding = Padding.Causal)]";

    private static readonly string[] s_tails = ["", " [Dense(2)]", " [GRU(3, ReturnSequences = true)]", " [LSTM(5, ReturnSequences = true)] [Dense(2, Activation.Tanh)]"];

    private static readonly Rated[] s_networks =
    [
        .. from size in Enumerable.Range(1, 4)
           from stride in Enumerable.Range(1, 4)
           select new Rated(
               $"Pool{size}By{stride}",
               2,
               $"[Conv1D(3, 2{Causal} [{((size + stride) % 2 == 0 ? "Max" : "Average")}Pooling1D({size}, Strides = [{stride}])]{s_tails[(size + (2 * stride)) % 4]}",
               (size, stride)),
        new("PooledInput", 3, "[MaxPooling1D(2)] [GRU(4, ReturnSequences = true)]", (2, 2)),
        new("PooledTwice", 2, "[AveragePooling1D(2)] [LSTM(3, ReturnSequences = true)] [MaxPooling1D(2)] [Dense(2)]", (2, 2), (2, 2)),
        new("PooledThrice", 2, "[MaxPooling1D(2)] [AveragePooling1D(3, Strides = [1])] [Conv1D(2, 2" + Causal + " [MaxPooling1D(3, Strides = [2])] [SimpleRNN(3, ReturnSequences = true)]", (2, 2), (3, 1), (3, 2)),
        new("Strided", 2, "[Conv1D(4, 3, Activation.Relu, Strides = [2]" + Causal + " [GRU(3, ReturnSequences = true)] [Dense(2)]", (1, 2)),
        new("StridedTwice", 2, "[Conv1D(4, 2, Strides = [3]" + Causal + " [Conv1D(3, 4, Strides = [2]" + Causal, (1, 3), (1, 2)),
        new("StridedPooled", 3, "[Conv1D(4, 3, Strides = [2], Groups = 1" + Causal + " [BatchNormalization] [MaxPooling1D(2)] [LSTM(16, ReturnSequences = true)] [Dense(1)]", (1, 2), (2, 2)),
        new("Spotter", 13, "[Conv1D(16, 3, Activation.Relu" + Causal + " [MaxPooling1D(2)] [Conv1D(16, 3, Activation.Relu, Dilation = [2]" + Causal + " [MaxPooling1D(2)] [GRU(24, ReturnSequences = true)] [Dense(4, Activation.Softmax)]", (2, 2), (2, 2)),
        new("Filled", 2, "[Conv1D(3, 4)] [Conv1D(4, 2, Strides = [2])] [GRU(3, ReturnSequences = true)]", (4, 1), (2, 2)),
        new("Apart", 2, "[DepthwiseConv1D(3, DepthMultiplier = 2)] [SeparableConv1D(5, 2, Activation.Relu, Strides = [2])] [Dense(2)]", (3, 1), (2, 2)),
        new("Gaps", 2, "[MaxPooling1D(2, Strides = [5])] [Dense(3)]", (2, 5)),
        new("SamePoint", 2, "[MaxPooling1D(1, Strides = [2], Padding = Padding.Same)] [Conv1D(2, 1, Strides = [2]" + Causal, (1, 2), (1, 2)),
        new("MaskedBefore", 2, "[Masking(0.5f)] [GRU(3, ReturnSequences = true)] [MaxPooling1D(2)] [GRU(3, ReturnSequences = true)]", (2, 2)),
        new("MaskedBehind", 2, "[AveragePooling1D(2)] [Masking(0.5f)] [LSTM(3, ReturnSequences = true, ZeroOutputForMask = true)]", (2, 2)),
        new("Parted", 6, "[MaxPooling1D(2)] [TimeDistributed<Inside>] [GRU(3, ReturnSequences = true)]", (2, 2)),
        new("Residual", 4, "[AveragePooling1D(3)] [Residual<Filter>] [LayerNormalization]", (3, 3)),
        new("Paths", 2, "[MaxPooling1D(2)] [MaxPooling1D(2, Name = \"a\")] [AveragePooling1D(4, From = \"input\", Name = \"b\")] [Concatenate(\"a\", \"b\")] [GRU(3, ReturnSequences = true)]", (4, 4)),
        new("Deep", 2, "[MaxPooling1D(2)] " + string.Concat(Enumerable.Repeat("[Use<Part>] ", 14)) + "[MaxPooling1D(2)] " + string.Concat(Enumerable.Repeat("[Use<Part>] ", 14)), (2, 2), (2, 2)),
        new("Outputs", 2, "[MaxPooling1D(3, Strides = [2])] [GRU(3, ReturnSequences = true)] [Output(\"state\")] [Dense(2)] [Output(\"answer\")]", (3, 2)) { Widths = [3, 2] },
        .. Enumerable.Range(0, Campaign.Rounds(usually: 40, campaign: 120)).Select(Random),
        new("Rounded", 40, "[MaxPooling1D(2)] [LSTM(64, ReturnSequences = true)] [Conv1D(8, 2, Strides = [2]" + Causal, (2, 2), (1, 2)) { Settings = ", InferenceWeights = WeightPrecision.BFloat16" },
    ];

    // Those that give one value of all steps, each for many numbers of steps.
    private static readonly (string Name, string Layers, (int Size, int Stride)[] Windows)[] s_ended =
    [
        ("Ended", "[Conv1D(3, 2, Activation.Tanh" + Causal + " [MaxPooling1D(3, Strides = [2])] [GRU(4)] [Dense(2)]", [(3, 2)]),
        ("EndedTwice", "[Conv1D(3, 2, Strides = [2]" + Causal + " [AveragePooling1D(2)] [LSTM(4, ReturnSequences = true)] [SimpleRNN(6)] [Reshape(3, 2)] [Conv1D(2, 2" + Causal + " [GRU(2)]", [(1, 2), (2, 2)]),
    ];

    private const int Most = 13;

    private static readonly NetworkLibrary s_library = new(
        "[Block] [Conv1D(4, 2, Activation.Tanh, Padding = Padding.Causal)] public class Filter;\n"
        + "[Block] [Reshape(3, 2)] [Conv1D(4, 2, Padding = Padding.Causal)] [MaxPooling1D(3)] [Flatten] [Dense(2)] public class Inside;\n"
        + "[Block] [Dense(3, Activation.Tanh)] [LayerNormalization] public class Part;\n"
        + string.Concat(s_networks.Select(static network =>
            $"[Network({Steps}, {network.Features}, Streaming = true{network.Settings})] {network.Layers} public sealed partial class {network.Name};\n")));

    private static readonly NetworkLibrary s_lengths = new(string.Concat(s_ended.SelectMany(static network => Enumerable.Range(1, Most)
        .Where(length => Positions(network.Windows, length) > 0)
        .Select(length => $"[Network({length}, 2, Streaming = true)] {network.Layers} public sealed partial class {network.Name}{length};\n"))))
    {
        Machines = [Machines.Widest],
    };

    public static TheoryData<Machine, string> Cases
    {
        get
        {
            var cases = new TheoryData<Machine, string>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach (Rated network in s_networks)
                {
                    cases.Add(machine, network.Name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheRowsOfAPrediction(Machine machine, string name)
    {
        Rated network = s_networks.Single(network => network.Name == name);
        Model model = s_library.Create(name, machine, seed: 3);
        RandomValues.AssignTo(model, seed: 5);
        float[] sequence = Sequence(network.Features);
        float[] predicted = model.Predict(sequence);
        int positions = Positions(network.Windows, Steps);

        ModelStream stream = new(model);
        int[] widths = network.Widths.Length > 0 ? network.Widths : [stream.OutputSize];
        Assert.Equal(positions * widths.Sum(), predicted.Length);
        for (int pass = 0; pass < 2; pass++)
        {
            (float[][] outputs, bool[] isNew) = Run(stream, sequence);
            Assert.Equal(Enumerable.Range(0, Steps).Select(step => Positions(network.Windows, step + 1) > Positions(network.Windows, step)), isNew);
            for (int step = 0; step < Steps; step++)
            {
                double[] expected = RowOf(predicted, widths, positions, Positions(network.Windows, step + 1) - 1);
                Closeness.AssertClose(expected, outputs[step], depth: 64, $"{name}, pass {pass}, step {step}", scale: 1);
            }

            // The second pass begins in the middle of whatever was being counted.
            stream.Reset();
            Run(stream, sequence[..(5 * network.Features)]);
            stream.Reset();
        }
    }

    [Theory]
    [InlineData("Ended")]
    [InlineData("EndedTwice")]
    public void GivesWhatShorterNetworksPredict(string name)
    {
        (int Size, int Stride)[] windows = s_ended.Single(network => network.Name == name).Windows;
        float[] sequence = Sequence(features: 2);
        int checkedLengths = 0;
        (float[][] outputs, bool[] isNew) = Run(new ModelStream(Of(Most)), sequence);
        for (int length = 1; length <= Most; length++)
        {
            int positions = Positions(windows, length);
            Assert.Equal(positions > Positions(windows, length - 1), isNew[length - 1]);
            if (positions > 0)
            {
                float[] expected = Of(length).Predict(sequence[..(2 * length)]);
                Closeness.AssertClose([.. expected.Select(static value => (double)value)], outputs[length - 1], depth: 64, $"{name} of {length} steps", scale: 1);
                checkedLengths++;
            }
            else
            {
                Assert.All(outputs[length - 1], static value => Assert.Equal(0f, value));
            }
        }

        Assert.InRange(checkedLengths, 8, Most);

        Model Of(int length)
        {
            Model model = s_lengths.Create($"{name}{length}", Machines.Widest);
            RandomValues.AssignTo(model, seed: 7);
            return model;
        }
    }

    /// <summary>Wherever it is cut, between two outputs too: the counts and the last output are of the state.</summary>
    [Theory]
    [InlineData("PooledThrice")]
    [InlineData("Pool4By1")]
    [InlineData("StridedPooled")]
    [InlineData("Rounded")]
    public void GoesOnFromASavedState(string name)
    {
        Model model = s_library.Create(name, Machines.Widest, seed: 3);
        int features = s_networks.Single(network => network.Name == name).Features;
        float[] sequence = Sequence(features);
        (float[][] straight, bool[] isNew) = Run(new ModelStream(model), sequence);

        ModelStream first = new(model), second = new(model);
        byte[] state = new byte[first.StateSize];
        for (int cut = 0; cut < Steps; cut++)
        {
            first.SaveState(state);
            second.LoadState(state);
            (float[][] rest, bool[] restIsNew) = Run(second, sequence[(cut * features)..]);
            Assert.Equal(straight[cut..], rest);
            Assert.Equal(isNew[cut..], restIsNew);
            Run(first, sequence[(cut * features)..((cut + 1) * features)]);
        }
    }

    [Fact]
    public void AllocatesNothing()
    {
        ModelStream stream = new(s_library.Create("Spotter", Machines.Widest, seed: 3));
        float[] frame = new float[stream.FrameSize];
        float[] output = new float[stream.OutputSize];
        for (int step = 0; step < 8; step++)
        {
            stream.Step(frame, output);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        int outputs = 0;
        for (int step = 0; step < 1000; step++)
        {
            outputs += stream.Step(frame, output) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(250, outputs);
    }

    // A stack of up to six layers that has two outputs at least.
    private static Rated Random(int seed)
    {
        var random = new Random(seed);
        var layers = new List<string>();
        var windows = new List<(int Size, int Stride)>();
        for (int left = random.Next(2, 7); left > 0; left--)
        {
            (int size, int stride, int units) = (random.Next(1, 5), random.Next(1, 4), random.Next(1, 20));
            bool hasWindow = random.Next(2) == 0 && Positions([.. windows, (size, stride)], Steps) > 1;
            (string layer, int reach) = hasWindow
                ? random.Next(5) switch
                {
                    0 => ($"MaxPooling1D({size}, Strides = [{stride}])", size),
                    1 => ($"AveragePooling1D({size}, Strides = [{stride}])", size),
                    2 => ($"Conv1D({units}, {size}, Strides = [{stride}])", size),
                    3 => ($"DepthwiseConv1D({size}, Activation.Relu, Strides = [{stride}])", size),
                    _ => ($"Conv1D({units}, {size}, Activation.Tanh, Strides = [{stride}], Padding = Padding.Causal)", 1),
                }
                : random.Next(7) switch
                {
                    0 => ($"Dense({units}, Activation.Relu)", 0),
                    1 => ($"GRU({units}, ReturnSequences = true)", 0),
                    2 => ($"LSTM({units}, ReturnSequences = true)", 0),
                    3 => ($"SimpleRNN({units}, ReturnSequences = true)", 0),
                    4 => ("LayerNormalization", 0),
                    5 => ("BatchNormalization", 0),
                    _ => ("Activate(Activation.Softmax)", 0),
                };
            layers.Add($"[{layer}]");
            if (hasWindow)
            {
                windows.Add((reach, stride));
            }
        }

        return new Rated($"Random{seed}", random.Next(1, 5), string.Join(' ', layers), [.. windows]);
    }

    // How many positions windows behind each other have over so many steps; a causal one counts as one of a single step.
    private static int Positions((int Size, int Stride)[] windows, int length) => windows.Aggregate(
        length, static (steps, window) => steps < window.Size ? 0 : ((steps - window.Size) / window.Stride) + 1);

    // Zeros before the first.
    private static double[] RowOf(float[] predicted, int[] widths, int positions, int row)
    {
        var values = new List<double>();
        int start = 0;
        foreach (int width in widths)
        {
            values.AddRange(Enumerable.Range(0, width).Select(column => row < 0 ? 0d : predicted[start + (row * width) + column]));
            start += positions * width;
        }

        return [.. values];
    }

    private static (float[][] Outputs, bool[] IsNew) Run(ModelStream stream, float[] sequence)
    {
        int steps = sequence.Length / stream.FrameSize;
        float[][] outputs = new float[steps][];
        bool[] isNew = new bool[steps];
        for (int step = 0; step < steps; step++)
        {
            outputs[step] = [.. Enumerable.Repeat(float.NaN, stream.OutputSize)];
            isNew[step] = stream.Step(sequence.AsSpan(step * stream.FrameSize, stream.FrameSize), outputs[step]);
        }

        return (outputs, isNew);
    }

    // Some steps are masked where there is a mask.
    private static float[] Sequence(int features)
    {
        float[] sequence = RandomValues.Uniform(Steps * features, seed: features);
        sequence.AsSpan(4 * features, 5 * features).Fill(0.5f);
        return sequence;
    }

    private sealed record Rated(string Name, int Features, string Layers, params (int Size, int Stride)[] Windows)
    {
        public string Settings { get; init; } = "";

        /// <summary>The values of each output at a step; none where there is one output.</summary>
        public int[] Widths { get; init; } = [];
    }
}
