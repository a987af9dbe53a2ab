using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>A stream gives at each step what a prediction gives for the steps so far.</summary>
public sealed class StreamedNetworkTests
{
    private const int Steps = 20;

    // Those whose outputs are sequences are compared at each step of one prediction, the others by predictions of shorter networks' worth:
    // the last output.
    private static readonly (string Name, int Features, string Layers)[] s_networks =
    [
        ("Lstm", 3, "[LSTM(5)] [Dense(2)]"),
        ("LstmSequences", 3, "[LSTM(17, ReturnSequences = true)] [Dense(2)]"),
        ("Whole", 1, "[LSTM(16, ReturnSequences = true)] [GRU(16, ReturnSequences = true)] [SimpleRNN(16)] [Dense(1)]"),
        ("Padded", 2, "[GRU(8, ReturnSequences = true)] [LSTM(9, ReturnSequences = true)] [Dense(3)]"),
        ("Stack", 2, "[LSTM(5, ReturnSequences = true)] [LayerNormalization] [GRU(20)] [Dense(2)] [Activate(Activation.Softmax)]"),
        ("GruBefore", 16, "[GRU(6, ResetAfter = false, ReturnSequences = true)]"),
        ("Rnn", 1, "[SimpleRNN(4, RecurrentDropout = 0.2f)]"),
        ("Causal", 2, "[Conv1D(4, 3, Activation.Relu, Padding = Padding.Causal)] [Conv1D(3, 2, Padding = Padding.Causal, Dilation = [3])] [BatchNormalization] [SimpleRNN(6, ReturnSequences = true)]"),
        ("CausalGroups", 4, "[Dense(4)] [Conv1D(6, 4, Padding = Padding.Causal, Groups = 2)] [Dropout(0.2f)]"),
        ("Masked", 2, "[Masking(0.5f)] [GRU(3, ReturnSequences = true)]"),
        ("Residual", 4, "[Residual<Filter>] [Dense(1)]"),
        ("EachStep", 6, "[LSTM(6, ReturnSequences = true)] [TimeDistributed<Inside>] [GRU(3)]"),
        ("EndsEarly", 3, "[LSTM(6)] [Reshape(2, 3)] [Conv1D(2, 2)] [Flatten] [Dense(2)]"),
        ("Large", 1, "[LSTM(50, ReturnSequences = true)] [GRU(60, ReturnSequences = true)] [SimpleRNN(140)] [Dense(1)]"),
        ("BeginsAnew", 3, "[LSTM(6)] [Reshape(2, 3)] [Conv1D(4, 2, Padding = Padding.Causal)] [GRU(5)] [Dense(2)]"),
    ];

    // Sequences of as many steps, and inputs of one axis that are there at each.
    private static readonly (string Name, int[][] Inputs, int[] Outputs, string Layers)[] s_ofSeveralInputs =
    [
        ("TwoSequences", [[Steps, 3], [Steps, 2]], [4, 5], "[GRU(4, ReturnSequences = true, From = \"in0\", Name = \"gru\")] [Conv1D(4, 3, Padding = Padding.Causal, From = \"in1\")] "
            + "[Add(\"\", \"gru\")] [Output(\"sum\")] [Concatenate(\"\", \"in0\", \"in1\")] [LSTM(5, ReturnSequences = true)] [Output(\"state\")]"),
        ("Knobs", [[2], [Steps, 1]], [2], $"[RepeatVector({Steps}, From = \"in0\")] [Concatenate(\"in1\", \"\")] [LSTM(5, ReturnSequences = true)] "
            + "[Dense(5, Activation.Tanh, From = \"in0\")] [Multiply(\"lstm1\", \"\")] [Dense(2)]"),
        ("WordsAndNumbers", [[Steps, 3], [Steps, 2], [4]], [4], "[Dense(3, From = \"in2\", Name = \"speaker\")] [TimeDistributed<Letters>(From = \"in1\", Name = \"words\")] "
            + "[Concatenate(\"words\", \"in0\")] [Dense(3)] [Add(\"\", \"speaker\")] [SimpleRNN(4, ReturnSequences = true)]"),
    ];

    private static readonly NetworkLibrary s_library = new(
        "[Block] [Conv1D(4, 2, Activation.Tanh, Padding = Padding.Causal)] public class Filter;\n"
        + "[Block] [Reshape(3, 2)] [Conv1D(4, 2, Padding = Padding.Causal)] [LSTM(3)] [Dense(2)] public class Inside;\n"
        + string.Concat(s_networks.Select(static network =>
            $"[Network({Steps}, {network.Features}, Streaming = true)] {network.Layers} public sealed partial class {network.Name};\n"))
        + $"[Network({Steps}, 3, Streaming = true)] [GRU(3, Name = \"h\")] [Add(\"input\", \"h\")] [Conv1D(3, 1, Activation.Tanh)] public sealed partial class Joined;\n"
        + "[Block] [Embedding(5, 4)] [Dense(3)] [Flatten] public class Letters;\n"
        + $"[Network({Steps}, 2, Streaming = true)] [TimeDistributed<Letters>] [GRU(3, ReturnSequences = true)] public sealed partial class Words;\n"
        + $"[Network(Streaming = true)] [Input(\"signal\", {Steps}, 1)] [Input(\"knob\", 1)] [Dense(2, From = \"signal\", Name = \"heard\")] [Dense(2, Activation.Tanh, From = \"knob\")] "
        + "[Multiply(\"heard\", \"\")] public sealed partial class Turned;\n"
        + string.Concat(s_ofSeveralInputs.Select(static network =>
            $"[Network(Streaming = true)] {string.Concat(network.Inputs.Select(static (shape, i) => $"[Input(\"in{i}\", {string.Join(", ", shape)})] "))}"
            + $"{network.Layers} public sealed partial class {network.Name};\n")));

    public static TheoryData<Machine, string> Cases
    {
        get
        {
            var cases = new TheoryData<Machine, string>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach ((string name, _, _) in s_networks)
                {
                    cases.Add(machine, name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesWhatPredictGives(Machine machine, string name)
    {
        Model model = s_library.Create(name, machine, seed: 3);
        RandomValues.AssignTo(model, seed: 5);
        int features = s_networks.Single(network => network.Name == name).Features;
        float[] sequence = Sequence(features);
        float[] expected = model.Predict(sequence);

        ModelStream stream = StreamOf(model);
        for (int pass = 0; pass < 2; pass++)
        {
            float[] outputs = Run(stream, sequence, features);
            Closeness.AssertClose([.. expected.Select(static value => (double)value)], outputs[^expected.Length..], depth: 64, $"{name}, pass {pass}", scale: 1);
            stream.Reset();
        }
    }

    public static TheoryData<Machine, string> CasesOfSeveralInputs
    {
        get
        {
            var cases = new TheoryData<Machine, string>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach ((string name, _, _, _) in s_ofSeveralInputs)
                {
                    cases.Add(machine, name);
                }
            }

            return cases;
        }
    }

    /// <summary>A frame has a step of each sequence, and the whole of an input that has none; outputs come in their order.</summary>
    [Theory]
    [MemberData(nameof(CasesOfSeveralInputs))]
    public void AFrameHasAStepOfEachInput(Machine machine, string name)
    {
        Model model = s_library.Create(name, machine, seed: 3);
        RandomValues.AssignTo(model, seed: 5);
        (_, int[][] shapes, int[] sizes, _) = s_ofSeveralInputs.Single(network => network.Name == name);
        float[][] inputs = [.. shapes.Select((shape, i) => name == "WordsAndNumbers" && i == 1
            ? RandomValues.Labels(2 * Steps, 5, seed: 2)
            : RandomValues.Uniform(shape.Aggregate(static (product, size) => product * size), seed: i + 1))];
        float[] predicted = model.Predict([.. inputs.SelectMany(static values => values)]);
        ModelStream stream = StreamOf(model);
        float[] output = new float[stream.OutputSize];

        Assert.Equal(shapes.Sum(static shape => shape[^1]), stream.FrameSize);
        Assert.Equal(sizes.Sum(), stream.OutputSize);
        for (int step = 0; step < Steps; step++)
        {
            stream.Step([.. inputs.SelectMany((values, i) => shapes[i].Length == 1 ? values : values[(step * shapes[i][1])..((step + 1) * shapes[i][1])])], output);

            int first = 0;
            int behind = 0;
            foreach (int size in sizes)
            {
                double[] expected = [.. predicted.Skip(first + (step * size)).Take(size).Select(static value => (double)value)];
                Closeness.AssertClose(expected, output[behind..(behind + size)], depth: 64, $"{name}, step {step}", scale: 1);
                first += Steps * size;
                behind += size;
            }
        }
    }

    /// <summary>From the step on at which a knob is turned, outputs are those of its new position.</summary>
    [Fact]
    public void AnInputWithoutStepsIsWhatItIsFromThenOn()
    {
        Model model = s_library.Create("Turned", Machines.Widest, seed: 3);
        float[] signal = RandomValues.Uniform(Steps, seed: 1);
        ModelStream stream = StreamOf(model);
        float[] output = new float[2];
        for (int step = 0; step < Steps; step++)
        {
            float knob = step < 7 ? 0.25f : -1f;
            stream.Step([signal[step], knob], output);

            Closeness.AssertClose(
                [.. model.Predict([.. signal, knob]).Skip(2 * step).Take(2).Select(static value => (double)value)], output, depth: 8, $"step {step}", scale: 1);
        }
    }

    /// <summary>Joined with what all steps have left, every step is something else than it was: the last one's is the output.</summary>
    [Fact]
    public void JoinsTheLastStepWithWhatAllHaveLeft()
    {
        Model model = s_library.Create("Joined", Machines.Widest, seed: 3);
        float[] sequence = Sequence(3);
        float[] expected = model.Predict(sequence)[^3..];

        Closeness.AssertClose([.. expected.Select(static value => (double)value)], Run(StreamOf(model), sequence, 3)[^3..], depth: 64, "last step", scale: 1);
    }

    [Fact]
    public void GoesOnFromASavedState()
    {
        Model model = s_library.Create("Stack", Machines.Widest, seed: 3);
        float[] sequence = Sequence(2);
        ModelStream stream = StreamOf(model);
        Run(stream, sequence[..14], 2);
        byte[] state = new byte[stream.StateSize];
        stream.SaveState(state);
        float[] straight = Run(stream, sequence[14..], 2);

        ModelStream other = StreamOf(model);
        other.LoadState(state);

        Assert.Equal(straight, Run(other, sequence[14..], 2));
    }

    [Fact]
    public void FollowsTheParameters()
    {
        Model model = s_library.Create("Causal", Machines.Widest, seed: 3);
        float[] sequence = Sequence(2);
        ModelStream stream = StreamOf(model);
        Run(stream, sequence, 2);
        RandomValues.AssignTo(model, seed: 9);
        stream.Reset();

        float[] expected = model.Predict(sequence);
        Closeness.AssertClose([.. expected.Select(static value => (double)value)], Run(stream, sequence, 2), depth: 64, "new parameters", scale: 1);
    }

    [Fact]
    public void AllocatesNothing()
    {
        ModelStream stream = StreamOf(s_library.Create("Stack", Machines.Widest, seed: 3));
        float[] frame = new float[stream.FrameSize];
        float[] output = new float[stream.OutputSize];
        stream.Step(frame, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 1000; step++)
        {
            stream.Step(frame, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A step is refused before anything runs: the stream is where it was.</summary>
    [Theory]
    [InlineData(5f, "5")]
    [InlineData(-1f, "-1")]
    [InlineData(1.5f, "1.5")]
    [InlineData(1e9f, "1E+09")]
    [InlineData(float.NaN, "NaN")]
    public void RefusesWhatIsNoId(float value, string text)
    {
        Model model = s_library.Create("Words", Machines.Widest, seed: 3);
        float[] ids = RandomValues.Labels(2 * Steps, 5, seed: 2);
        ModelStream stream = new(model);
        float[] outputs = new float[Steps * 3];
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(
                $"Input input holds ids of layer letters1/embedding1, whole numbers in 0..4, but position 1 of the step, counted from 0, is {text}. (Parameter 'frame')",
                Assert.Throws<ArgumentException>(() => stream.Step([0f, value], new float[3])).Message);
            stream.Step(ids.AsSpan(2 * step, 2), outputs.AsSpan(3 * step, 3));
        }

        Closeness.AssertClose([.. model.Predict(ids).Select(static output => (double)output)], outputs, depth: 64, "ids");
    }

    [Fact]
    public void NamesTheInputThatHoldsNoId()
    {
        ModelStream stream = StreamOf(s_library.Create("WordsAndNumbers", Machines.Widest, seed: 3));

        Assert.Equal(
            "Input in1 holds ids of layer words/embedding1, whole numbers in 0..4, but position 1 of the step, counted from 0, is 5. (Parameter 'frame')",
            Assert.Throws<ArgumentException>(() => stream.Step([9f, 9f, 9f, 4f, 5f, 9f, 9f, 9f, 9f], new float[4])).Message);
    }

    [Fact]
    public void RefusesOtherLengths()
    {
        ModelStream stream = StreamOf(s_library.Create("Lstm", Machines.Widest, seed: 3));

        Assert.Contains("A step of Nets.Lstm has 3 values, but got 2", Assert.Throws<ArgumentException>(() => stream.Step(new float[2], new float[2])).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 values, but there is room for 3", Assert.Throws<ArgumentException>(() => stream.Step(new float[3], new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("bytes, but got 1", Assert.Throws<ArgumentException>(() => stream.LoadState(new byte[1])).Message, StringComparison.Ordinal);
    }

    private static float[] Run(ModelStream stream, float[] sequence, int features)
    {
        int steps = sequence.Length / features;
        float[] outputs = new float[steps * stream.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            Assert.True(stream.Step(sequence.AsSpan(step * features, features), outputs.AsSpan(step * stream.OutputSize, stream.OutputSize)));
        }

        return outputs;
    }

    // Some steps are masked where there is a mask.
    private static float[] Sequence(int features)
    {
        float[] sequence = RandomValues.Uniform(Steps * features, seed: features);
        sequence.AsSpan(4 * features, 3 * features).Fill(0.5f);
        return sequence;
    }

    private static ModelStream StreamOf(Model model) => (ModelStream)model.GetType().GetMethod("CreateStream")!.Invoke(model, null)!;
}
