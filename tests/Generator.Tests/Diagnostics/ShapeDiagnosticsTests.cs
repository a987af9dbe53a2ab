namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What only shapes can show: sizes that do not fit, and stacks that rarely say what was meant.</summary>
public class ShapeDiagnosticsTests
{
    [Theory]
    [InlineData("2097152", "2097152", "2097152")]
    [InlineData("131072, 1", "131072 × 1", "2097152")]
    [InlineData("70000, 70000", "70000 × 70000", "4900000000")]
    [InlineData("2147483647, 2147483647, 2147483647", "2147483647 × 2147483647 × 2147483647", "more than 9223372036854775806")]
    public void InputTooLarge(string input, string shape, string count) => Report.Is(
        "UNR0025",
        $"Network Net: {shape} takes the values of one sample, rows padded to 16, past 2097151, the most that one block of samples has room for, to {count}",
        $"[⟦Network({input})⟧] [Flatten] partial class Net;");

    [Theory]
    [InlineData("[Network(65536, 16)] [⟦Dense(1)⟧]", "dense1", "65536 × 1", "65536 × 16")]
    [InlineData("[Network(2097120)] [Dense(1)] [⟦Activate(Activation.Relu)⟧]", "activate1", "1", "1")]
    [InlineData("[Network(65536)] [⟦RepeatVector(31)⟧]", "repeat_vector1", "31 × 65536", "65536")]
    public void OutputTooLarge(string attributes, string layer, string shape, string input) => Report.Is(
        "UNR0025",
        $"Layer {layer} (input {input}): {shape} takes the values of one sample, rows padded to 16, past 2097151, the most that one block of samples has room for, to 2097152",
        attributes + " partial class Net;");

    [Theory]
    [InlineData("[Network(1)] [Dense(20000)] [⟦Dense(30000)⟧]", "dense2", "20000", "30000", "600070000")]
    [InlineData("[Network(2000000)] [⟦Dense(257, UseBias = false)⟧]", "dense1", "2000000", "257", "544000000")]
    [InlineData("[Network(32767)] [⟦Dense(16384)⟧]", "dense1", "32767", "16384", "536870912")]
    public void TooManyParameters(string attributes, string layer, string input, string output, string count) => Report.Is(
        "UNR0026",
        $"Layer {layer} (input {input}): an output of {output} takes the network's parameters, rows padded to 16, past 536870911 values, the most that one arena holds, to {count}",
        attributes + " partial class Net;");

    [Fact]
    public void SoftmaxBeforeLastLayer() => Report.Is(
        "UNR0027",
        "Layer dense1 (input 2): softmax belongs at the end of a network, but is followed by dense2",
        "[Network(2)] [Dense(4, ⟦Activation.Softmax⟧)] [Dense(1)] partial class Net;");

    [Fact]
    public void ActivationAfterActivation() => Report.Is(
        "UNR0028",
        "Layer activate1 (input 8): Relu should follow a linear layer, but follows dense1, which applies Tanh already",
        "[Network(2, 3)] [Dense(4, Activation.Tanh)] [Flatten] [Activate(⟦Activation.Relu⟧)] [Dense(1)] partial class Net;");

    [Fact]
    public void WideSigmoidHead() => Report.Is(
        "UNR0029",
        "Layer dense1 (input 2): sigmoid over several outputs means that labels are independent; use Softmax if exactly one applies; outputs: 3",
        "[Network(2)] [Dense(3, ⟦Activation.Sigmoid⟧)] partial class Net;");

    [Theory]
    [InlineData("28, 28", "[Dense(8)] [Dense(10, ⟦Activation.Softmax⟧)]", "dense2 (input 28 × 8)", "28 × 10")]
    [InlineData("2, 3, 5", "[Dropout(0.5f)] [Activate(⟦Activation.Softmax⟧)]", "activate1 (input 2 × 3 × 5)", "2 × 3 × 5")]
    public void SoftmaxAtSeveralPositions(string input, string layers, string layer, string output) => Report.Is(
        "UNR0050",
        $"Layer {layer}: softmax gives one distribution for each position of its output {output}; put [Flatten] before the first Dense if one for the whole sample is meant",
        $"[Network({input})] {layers} partial class Net;");

    [Fact]
    public void SoftmaxOverOneValue() => Report.Is(
        "UNR0031",
        "Layer dense1 (input 5 × 2): softmax needs at least 2 values on the last axis, or gives 1 for any input, but its shape is 5 × 1",
        "[Network(5, 2)] [Dense(1, ⟦Activation.Softmax⟧)] partial class Net;");

    /// <summary>An output is the end of a network, read further or not.</summary>
    [Theory]
    [InlineData("UNR0050", "[Network(4, 2)] [Dense(3, ⟦Activation.Softmax⟧)] [Output(\"a\")] [GlobalAveragePooling1D] [Output(\"b\")]",
        "Layer dense1 (input 4 × 2): softmax gives one distribution for each position of its output 4 × 3; put [Flatten] before the first Dense if one for the whole sample is meant")]
    [InlineData("UNR0029", "[Network(2)] [Dense(3, ⟦Activation.Sigmoid⟧)] [Output(\"a\")] [Dense(1)] [Output(\"b\")]",
        "Layer dense1 (input 2): sigmoid over several outputs means that labels are independent; use Softmax if exactly one applies; outputs: 3")]
    public void AnOutputReadFurtherIsJudgedAsAnyOther(string id, string layers, string message) => Report.Is(id, message, layers + " partial class Net;");

    /// <summary>An output further down does not make the softmax one.</summary>
    [Fact]
    public void SoftmaxBeforeAnOutput() => Report.Is(
        "UNR0027",
        "Layer dense1 (input 2): softmax belongs at the end of a network, but is followed by dense2",
        "[Network(2)] [Dense(4, ⟦Activation.Softmax⟧)] [Dense(3)] [Output(\"a\")] [Dense(1)] [Output(\"b\")] partial class Net;");

    [Theory]
    [InlineData("[Dense(4, Activation.Softmax), Output(\"a\"), Dense(1), Output(\"b\")]")]
    [InlineData("[Dense(4, Activation.Softmax), Reshape(2, 2), Output(\"a\"), Dense(1), Output(\"b\")]")]
    [InlineData("[Dense(4, Activation.Softmax, Name = \"p\"), Dense(3), Output(\"a\"), Flatten(From = \"p\"), Output(\"b\")]")]
    [InlineData("[Dense(4), Activate(Activation.Relu), Dropout(0.1f), Dense(3, Activation.Softmax)]")]
    [InlineData("[Dense(4, Activation.Relu), Dense(3), Activate(Activation.Softmax), Flatten]")]
    [InlineData("[Dense(4, Activation.Sigmoid), Dense(1, Activation.Sigmoid)]")]
    [InlineData("[RepeatVector(3), Dense(4, Activation.Softmax)]")]
    public void UsualStacksDrawNoAdvice(string layers) =>
        Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(2)] {layers} partial class Net;")).Reported);
}
