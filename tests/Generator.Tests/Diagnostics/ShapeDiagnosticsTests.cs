namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What only shapes can show: sizes that do not fit, and stacks that rarely say what was meant.</summary>
public class ShapeDiagnosticsTests
{
    [Theory]
    [InlineData("70000, 70000", "70000 × 70000", "4900000000")]
    [InlineData("2147483647, 2147483647, 2147483647", "2147483647 × 2147483647 × 2147483647", "more than 9223372036854775807")]
    public void InputTooLarge(string input, string shape, string count) => Report.Is(
        "UNR0025",
        $"Network Net: a shape must hold at most 536870911 values, but {shape} holds {count}",
        $"[⟦Network({input})⟧] [Flatten] partial class Net;");

    [Fact]
    public void OutputTooLarge() => Report.Is(
        "UNR0025",
        "Layer dense1: a shape must hold at most 536870911 values, but 1000000 × 1000 holds 1000000000",
        "[Network(1000000, 2)] [⟦Dense(1000)⟧] partial class Net;");

    [Fact]
    public void TooManyParameters() => Report.Is(
        "UNR0026",
        "Layer dense2: 20000 → 30000 takes the network past 536870911 parameters, the most that one arena holds, to 600070000",
        "[Network(1)] [Dense(20000)] [⟦Dense(30000)⟧] partial class Net;");

    [Fact]
    public void SoftmaxBeforeLastLayer() => Report.Is(
        "UNR0027",
        "Layer dense1: softmax belongs at the end of a network, but is followed by dense2",
        "[Network(2)] [Dense(4, ⟦Activation.Softmax⟧)] [Dense(1)] partial class Net;");

    [Fact]
    public void ActivationAfterActivation() => Report.Is(
        "UNR0028",
        "Layer activate1: Relu should follow a linear layer, but follows dense1, which applies Tanh already",
        "[Network(2, 3)] [Dense(4, Activation.Tanh)] [Flatten] [Activate(⟦Activation.Relu⟧)] [Dense(1)] partial class Net;");

    [Fact]
    public void WideSigmoidHead() => Report.Is(
        "UNR0029",
        "Layer dense1: sigmoid over several outputs means that labels are independent; use Softmax if exactly one applies; outputs: 3",
        "[Network(2)] [Dense(3, ⟦Activation.Sigmoid⟧)] partial class Net;");

    [Fact]
    public void SoftmaxOverOneValue() => Report.Is(
        "UNR0031",
        "Layer dense1: softmax needs at least 2 values on the last axis, or gives 1 for any input, but its shape is 5 × 1",
        "[Network(5, 2)] [Dense(1, ⟦Activation.Softmax⟧)] partial class Net;");

    [Theory]
    [InlineData("[Dense(4), Activate(Activation.Relu), Dropout(0.1f), Dense(3, Activation.Softmax)]")]
    [InlineData("[Dense(4, Activation.Relu), Dense(3), Activate(Activation.Softmax), Flatten]")]
    [InlineData("[Dense(4, Activation.Sigmoid), Dense(1, Activation.Sigmoid)]")]
    public void UsualStacksDrawNoAdvice(string layers) =>
        Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(2)] {layers} partial class Net;")).Reported);
}
