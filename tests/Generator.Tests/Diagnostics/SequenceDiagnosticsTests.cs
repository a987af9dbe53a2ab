namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What layers of sequences and streams refuse: the message and the place.</summary>
public class SequenceDiagnosticsTests
{
    [Theory]
    [InlineData("8", "LSTM(4)", "lstm1", "1")]
    [InlineData("8, 8, 2", "GRU(4)", "gru1", "3")]
    [InlineData("8", "Masking", "masking1", "1")]
    public void NoSequence(string input, string layer, string name, string rank) => Report.Is(
        "UNR0064",
        $"Layer {name} (input {input.Replace(", ", " × ", StringComparison.Ordinal)}): the input must be a signal, steps × channels, but has {rank} axes",
        $"[Network({input})] [⟦{layer}⟧] partial class Net;");

    [Fact]
    public void NoSequenceOfIdsToMask() => Report.Is(
        "UNR0064",
        "Layer embedding1 (input 3 × 4): the input must be a sequence of ids, whose steps MaskZero masks, but has 2 axes",
        "[Network(3, 4)] [⟦Embedding(7, 5, MaskZero = true)⟧] [Flatten] [Dense(2)] partial class Net;");

    [Theory]
    [InlineData("LSTM(4, ⟦Activation = Activation.Softmax⟧)", "lstm1", "Activation", "Softmax")]
    [InlineData("GRU(4, ⟦RecurrentActivation = Activation.LogSoftmax⟧)", "gru1", "RecurrentActivation", "LogSoftmax")]
    public void ActivationOfAllUnits(string layer, string name, string argument, string received) => Report.Is(
        "UNR0092",
        $"Layer {name} (input 5 × 2): {argument} must be a function of one unit, but is {received}",
        $"[Network(5, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("LSTM(4, ⟦InitialState = [\"a\"]⟧, From = \"input\")", "lstm1", "2 values of 4", "(4)")]
    [InlineData("GRU(4, ⟦InitialState = [\"a\", \"a\"]⟧, From = \"input\")", "gru1", "1 value of 4", "(4) and (4)")]
    [InlineData("SimpleRNN(3, ⟦InitialState = [\"a\"]⟧, From = \"input\")", "simple_rnn1", "1 value of 3", "(4)")]
    [InlineData("GRU(4, Bidirectional = BidirectionalMerge.Sum, ⟦InitialState = [\"a\"]⟧, From = \"input\")", "gru1", "2 values of 4", "(4)")]
    public void InitialStateOfAnotherCell(string layer, string name, string expected, string received) => Report.Is(
        "UNR0072",
        $"Layer {name} (input 5 × 2): InitialState must name {expected}, but names {received}",
        $"[Network(5, 2)] [GlobalAveragePooling1D] [Dense(4, Name = \"a\")] [{layer}] partial class Net;");

    [Fact]
    public void UnknownInitialState() => Report.Is(
        "UNR0052",
        "Layer gru1 (input 5 × 2): InitialState must name a layer or an input above it, but \"none\" is none of input",
        "[Network(5, 2)] [GRU(4, ⟦InitialState = [\"none\"]⟧)] partial class Net;");

    [Fact]
    public void NoStepsToApplyABlockTo() => Report.Is(
        "UNR0071",
        "Layer body1 (input 5): a block is applied to each step of a sequence, but the input is 5",
        "[Network(5)] [⟦TimeDistributed<Body>⟧] partial class Net; [Block] [Dense(3)] class Body;");

    [Fact]
    public void ALayerCalledAsTheStepItReads() => Report.Is(
        "UNR0020",
        "Layer body1/input (input 3): the name must differ from every other layer's and input's, but the step that its block is applied to has it too",
        "[Network(5, 3)] [TimeDistributed<Body>] partial class Net; [Block] [Dense(3, ⟦Name = \"input\"⟧)] class Body;");

    [Theory]
    [InlineData("5")]
    [InlineData("5, 4, 2")]
    public void NoStepsToStream(string input) => Report.Is(
        "UNR0090",
        "Network Net: Streaming needs inputs of steps × features, all of as many steps, and beside them only some of one axis, "
            + $"but the network reads {input.Replace(", ", " × ", StringComparison.Ordinal)}",
        $"[⟦Network({input}, Streaming = true)⟧] [Dense(2)] partial class Net;");

    [Theory]
    [InlineData("8, 3", "9, 3")]
    [InlineData("3", "3")]
    [InlineData("8, 3", "8, 3, 1")]
    public void SeveralInputsThatAreNoStream(string first, string second) => Report.Is(
        "UNR0090",
        "Network Net: Streaming needs inputs of steps × features, all of as many steps, and beside them only some of one axis, "
            + $"but the network reads {first.Replace(", ", " × ", StringComparison.Ordinal)} and {second.Replace(", ", " × ", StringComparison.Ordinal)}",
        $"[⟦Network(Streaming = true)⟧] [Input(\"a\", {first})] [Input(\"b\", {second})] [Dense(3, From = \"a\", Name = \"c\")] [Output(\"left\")] "
            + "[Dense(3, From = \"b\")] [Output(\"right\")] partial class Net;");

    [Theory]
    [InlineData("LSTM(4, Bidirectional = BidirectionalMerge.Sum)", "lstm1", "it reads the last step first")]
    [InlineData("GRU(4, GoBackwards = true)", "gru1", "it reads the last step first")]
    [InlineData("Conv1D(4, 2, Padding = Padding.Same)", "conv1d1", "its window reaches beyond the present step; Padding must be Causal or Valid")]
    [InlineData("DepthwiseConv1D(3, Padding = Padding.Same)", "depthwise_conv1d1", "its window reaches beyond the present step; Padding must be Valid")]
    [InlineData("SeparableConv1D(3, 2, Padding = Padding.Same)", "separable_conv1d1", "its window reaches beyond the present step; Padding must be Valid")]
    [InlineData("MaxPooling1D(2, Padding = Padding.Same)", "max_pooling1d1", "its window reaches beyond the present step; Padding must be Valid")]
    [InlineData("AveragePooling1D(3, Strides = [1], Padding = Padding.Same)", "average_pooling1d1", "its window reaches beyond the present step; Padding must be Valid")]
    [InlineData("GlobalMaxPooling1D", "global_max_pooling1d1", "it needs all steps at once")]
    [InlineData("GlobalAveragePooling1D", "global_average_pooling1d1", "it needs all steps at once")]
    [InlineData("Flatten", "flatten1", "it needs all steps at once")]
    [InlineData("Embedding(5, 3)", "embedding1", "it puts an axis behind the features of all steps; in a block that [TimeDistributed<Block>] applies it runs at each")]
    [InlineData("LayerNormalization(Axis = [1])", "layer_normalization1", "it normalizes over steps; Axis must be the last axis")]
    [InlineData("GroupNormalization(1)", "group_normalization1", "it normalizes over all steps")]
    [InlineData("PRelu", "prelu1", "each step has slopes of its own, unless SharedAxes names axis 1")]
    public void LayerThatDoesNotStream(string layer, string name, string obstacle) => Report.Is(
        "UNR0091",
        $"Layer {name} (input 5 × 2) cannot run along a stream, step after step: {obstacle}",
        $"[Network(5, 2, Streaming = true)] [⟦{layer}⟧] partial class Net;");

    /// <summary>What comes at one step would have to wait for what comes at another, even where predictions have as many steps of both.</summary>
    [Theory]
    [InlineData(
        "[MaxPooling1D(2, Name = \"a\")] [Conv1D(2, 3, Padding = Padding.Causal, Strides = [2], From = \"input\", Name = \"b\")] [⟦Add(\"a\", \"b\")⟧]",
        "Layer add1 (input 4 × 2) cannot run along a stream, step after step: its inputs must come at the same steps, but a comes every 2 steps from step 2 on and b comes every 2 steps from step 1 on")]
    [InlineData(
        "[MaxPooling1D(3, Strides = [1], Name = \"a\")] [Conv1D(2, 1, Padding = Padding.Causal, From = \"input\", Name = \"b\")] [GRU(2, Name = \"c\")] [GRU(2, From = \"a\", Name = \"d\")] [⟦Concatenate(\"c\", \"d\", \"c\")⟧]",
        "Layer concatenate1 (input 2) cannot run along a stream, step after step: its inputs must come at the same steps, but c comes at each step and d comes at each step from step 3 on")]
    [InlineData(
        "[⟦GRU(3, ReturnSequences = true)⟧] [Output(\"all\")] [AveragePooling1D(4)] [Output(\"some\")]",
        "Layer gru1 (input 8 × 2) cannot run along a stream, step after step: the outputs of the network must come at the same steps, but gru1 comes at each step and average_pooling1d1 comes every 4 steps from step 4 on")]
    [InlineData(
        "[MaxPooling1D(1, Strides = [65536])] [⟦MaxPooling1D(1, Strides = [65536])⟧]",
        "Layer max_pooling1d2 (input 1 × 2) cannot run along a stream, step after step: its output comes less often than every 2147483647 steps")]
    public void ValuesThatComeAtOtherSteps(string layers, string message) =>
        Report.Is("UNR0091", message, $"[Network(8, 2, Streaming = true)] {layers} partial class Net;");

    /// <summary>What all steps have left changes with each of them, and so does what every step is joined with it; the last of these is all that may be read.</summary>
    [Theory]
    [InlineData(
        "[GRU(2, Name = \"h\")] [Add(\"input\", \"h\")] [Dense(3)] [⟦GRU(2)⟧]",
        "Layer gru2 (input 8 × 3) cannot run along a stream, step after step: it looks back to steps that change when the next one comes, for they are joined with what all steps have left")]
    [InlineData(
        "[GRU(2, Name = \"h\")] [Multiply(\"h\", \"input\")] [⟦Conv1D(3, 2, Padding = Padding.Causal)⟧]",
        "Layer conv1d1 (input 8 × 2) cannot run along a stream, step after step: it looks back to steps that change when the next one comes, for they are joined with what all steps have left")]
    [InlineData(
        "[GRU(16)] [Reshape(8, 2, Name = \"h\")] [⟦Add(\"input\", \"h\")⟧]",
        "Layer add1 (input 8 × 2) cannot run along a stream, step after step: it joins each step with a part of its own of a value that has no steps")]
    public void StepsThatChange(string layers, string message) =>
        Report.Is("UNR0091", message, $"[Network(8, 2, Streaming = true)] {layers} partial class Net;");

    /// <summary>However many units: a diagnostic, never a failure.</summary>
    [Theory]
    [InlineData("LSTM(2147483647)", "UNR0026")]
    [InlineData("GRU(2147483647, Bidirectional = BidirectionalMerge.Concat)", "UNR0026")]
    [InlineData("SimpleRNN(700000000)", "UNR0026")]
    [InlineData("LSTM(600000)", "UNR0026")]
    public void TooManyUnits(string layer, string id)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(5, 2)] [{layer}] public partial class Net;"));

        Assert.Equal([id], outcome.Reported.Select(static problem => problem.Id));
    }

    /// <summary>What a training step keeps of every step is reckoned with, not the output alone.</summary>
    [Fact]
    public void TooManySteps()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop("[Network(100000, 2)] [LSTM(16)] public partial class Net;"));

        Assert.Equal(["UNR0025"], outcome.Reported.Select(static problem => problem.Id));
    }

    /// <summary>A layer whose output is the same whatever it reads.</summary>
    [Fact]
    public void ValuesThatNobodyReads() => Report.Is(
        "UNR0057",
        "Layer dense2 must lead to an output of the network, but no layer that does reads it",
        "[Network(5, 2)] [Dense(3, Name = \"x\")] [⟦Dense(3)⟧] [PositionEmbedding] [Add(\"\", \"x\")] partial class Net;");
}
