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

    private static readonly NetworkLibrary s_library = new(
        "[Block] [Conv1D(4, 2, Activation.Tanh, Padding = Padding.Causal)] public class Filter;\n"
        + "[Block] [Reshape(3, 2)] [Conv1D(4, 2, Padding = Padding.Causal)] [LSTM(3)] [Dense(2)] public class Inside;\n"
        + string.Concat(s_networks.Select(static network =>
            $"[Network({Steps}, {network.Features}, Streaming = true)] {network.Layers} public sealed partial class {network.Name};\n"))
        + $"[Network({Steps}, 3, Streaming = true)] [GRU(3, Name = \"h\")] [Add(\"input\", \"h\")] [Conv1D(3, 1, Activation.Tanh)] public sealed partial class Joined;\n"
        + "[Block] [Embedding(5, 4)] [Dense(3)] [Flatten] public class Letters;\n"
        + $"[Network({Steps}, 2, Streaming = true)] [TimeDistributed<Letters>] [GRU(3, ReturnSequences = true)] public sealed partial class Words;\n");

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
