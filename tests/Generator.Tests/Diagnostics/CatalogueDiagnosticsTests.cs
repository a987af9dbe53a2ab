namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Arguments of the catalogue's further layers, reported at the argument.</summary>
public class CatalogueDiagnosticsTests
{
    [Theory]
    [InlineData("BatchNormalization(⟦Momentum = 1f⟧)", "batch_normalization1", "Momentum", "in [0, 1)", "1")]
    [InlineData("BatchNormalization(Scale = false, ⟦Epsilon = 0f⟧)", "batch_normalization1", "Epsilon", "a finite number above 0", "0")]
    [InlineData("LayerNormalization(⟦Epsilon = float.PositiveInfinity⟧)", "layer_normalization1", "Epsilon", "a finite number above 0", "Infinity")]
    [InlineData("Rescaling(⟦float.NaN⟧)", "rescaling1", "scale", "a finite number", "NaN")]
    [InlineData("Rescaling(1f, ⟦float.NegativeInfinity⟧)", "rescaling1", "offset", "a finite number", "-Infinity")]
    [InlineData("GaussianNoise(⟦1.5f⟧)", "gaussian_noise1", "stddev", "in [0, 1]", "1.5")]
    [InlineData("GaussianNoise(⟦-0.1f⟧)", "gaussian_noise1", "stddev", "in [0, 1]", "-0.1")]
    [InlineData("LeakyRelu(⟦-0.3f⟧)", "leaky_relu1", "slope", "a finite number of at least 0", "-0.3")]
    [InlineData("ThresholdedRelu(⟦theta: -1f⟧)", "thresholded_relu1", "theta", "a finite number of at least 0", "-1")]
    [InlineData("Activate(Activation.Elu, ⟦Alpha = -1f⟧)", "activate1", "Alpha", "a finite number of at least 0", "-1")]
    [InlineData("Activate(Activation.Celu, ⟦Alpha = 0f⟧)", "activate1", "Alpha", "a finite number above 0", "0")]
    [InlineData("Activate(Activation.LeakyRelu, ⟦NegativeSlope = float.NaN⟧)", "activate1", "NegativeSlope", "a finite number of at least 0", "NaN")]
    [InlineData("Activate(Activation.SoftShrink, ⟦Lambda = -0.5f⟧)", "activate1", "Lambda", "a finite number of at least 0", "-0.5")]
    [InlineData("Activate(Activation.ThresholdedRelu, ⟦Theta = -0.5f⟧)", "activate1", "Theta", "a finite number of at least 0", "-0.5")]
    [InlineData("Activate(Activation.Squareplus, ⟦B = 0f⟧)", "activate1", "B", "a finite number above 0", "0")]
    public void NumberOutOfRange(string layer, string name, string argument, string range, string received) => Report.Is(
        "UNR0034", $"Layer {name} (input 2): {argument} must be {range}, but is {received}", $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("GaussianDropout(⟦1f⟧)", "gaussian_dropout1", "1")]
    [InlineData("AlphaDropout(⟦-1f⟧)", "alpha_dropout1", "-1")]
    [InlineData("Dropout(⟦1.5f⟧)", "dropout1", "1.5")]
    [InlineData("GaussianDropout(⟦1.5f⟧)", "gaussian_dropout1", "1.5")]
    [InlineData("AlphaDropout(⟦1.5f⟧)", "alpha_dropout1", "1.5")]
    public void RatesOutOfRange(string layer, string name, string received) => Report.Is(
        "UNR0007", $"Layer {name} (input 2): dropout rate must be in [0, 1), but is {received}", $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("ActivityRegularization(⟦L1 = -1f⟧)", "activity_regularization1", "L1", "-1")]
    [InlineData("PRelu(⟦SlopeL2 = float.NaN⟧)", "prelu1", "SlopeL2", "NaN")]
    public void PenaltiesOutOfRange(string layer, string name, string argument, string received) => Report.Is(
        "UNR0017",
        $"Layer {name} (input 2): {argument} must be a finite number of at least 0, but is {received}",
        $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("⟦0⟧", "0")]
    [InlineData("⟦n: -3⟧", "-3")]
    public void CountOutOfRange(string argument, string received) => Report.Is(
        "UNR0035",
        $"Layer repeat_vector1 (input 2): n must be at least 1, but is {received}",
        $"[Network(2)] [RepeatVector({argument})] partial class Net;");

    [Theory]
    [InlineData("Activation.Relu, ⟦Alpha = 1f⟧", "Alpha", "Elu or Celu", "Relu")]
    [InlineData("Activation.Elu, ⟦NegativeSlope = 0.1f⟧", "NegativeSlope", "LeakyRelu", "Elu")]
    [InlineData("Activation.Softmax, ⟦Lambda = 0.5f⟧", "Lambda", "SoftShrink or HardShrink", "Softmax")]
    [InlineData("Activation.Linear, ⟦Theta = 1⟧", "Theta", "ThresholdedRelu", "Linear")]
    [InlineData("Activation.Softplus, ⟦B = 4⟧", "B", "Squareplus", "Softplus")]
    public void CoefficientWithoutEffect(string arguments, string argument, string owners, string received) => Report.Is(
        "UNR0036",
        $"Layer activate1 (input 2): {argument} must be left out unless activation is {owners}, but activation is {received}",
        $"[Network(2)] [Activate({arguments})] partial class Net;");

    [Theory]
    [InlineData("Reshape(2, ⟦0⟧)", "(2, 0)")]
    [InlineData("Reshape(⟦-2⟧)", "(-2)")]
    [InlineData("Reshape(-1, ⟦-1⟧)", "(-1, -1)")]
    [InlineData("Reshape(new[] { 2, ⟦-7⟧ }, Name = \"r\")", "(2, -7)", "r")]
    [InlineData("⟦Reshape⟧", "()")]
    [InlineData("Reshape(⟦null⟧)", "()")]
    public void ReshapeSizes(string layer, string received, string name = "reshape1") => Report.Is(
        "UNR0037",
        $"Layer {name} (input 2): the new shape must be one or more sizes of at least 1, one of which may be -1 instead, but is {received}",
        $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("Reshape(3, 3)", "3 × 3", "9")]
    [InlineData("Reshape(-1, 5)", "-1 × 5", "a multiple of 5")]
    [InlineData("Reshape(-1, 16)", "-1 × 16", "a multiple of 16")]
    [InlineData("Reshape(2147483647, 2147483647)", "2147483647 × 2147483647", "4611686014132420609")]
    public void ReshapeDoesNotFit(string layer, string shape, string count) => Report.Is(
        "UNR0038",
        $"Layer reshape1 (input 4 × 2): the new shape must hold the 8 values of its input, but {shape} holds {count}",
        $"[Network(4, 2)] [⟦{layer}⟧] partial class Net;");

    [Theory]
    [InlineData("Permute(1)", "(1)")]
    [InlineData("Permute(0, 1)", "(0, 1)")]
    [InlineData("Permute(1, 1)", "(1, 1)")]
    [InlineData("Permute(1, 2, 3)", "(1, 2, 3)")]
    [InlineData("Permute", "()")]
    [InlineData("Permute(null)", "()")]
    public void NoPermutation(string layer, string received) => Report.Is(
        "UNR0039",
        $"Layer permute1 (input 4 × 2): dims must name each axis of its input once, counted from 1 to 2, but is {received}",
        $"[Network(4, 2)] [⟦{layer}⟧] partial class Net;");

    [Theory]
    [InlineData("ZeroPadding1D(⟦-1⟧)", "left", "-1")]
    [InlineData("ZeroPadding1D(0, ⟦right: int.MinValue⟧)", "right", "-2147483648")]
    public void PaddingOutOfRange(string layer, string argument, string received) => Report.Is(
        "UNR0034",
        $"Layer zero_padding1d1 (input 4 × 2): {argument} must be at least 0, but is {received}",
        $"[Network(4, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("8", "1")]
    [InlineData("2, 2, 2", "3")]
    public void PaddingNeedsTwoAxes(string input, string rank) => Report.Is(
        "UNR0051",
        $"Layer zero_padding1d1 (input {input.Replace(", ", " × ", StringComparison.Ordinal)}): the input must have two axes, steps and features, but has {rank}",
        $"[Network({input})] [⟦ZeroPadding1D⟧] partial class Net;");

    [Fact]
    public void PaddingBeyondInt() => Report.Is(
        "UNR0025",
        "Layer zero_padding1d1 (input 4 × 2): 2147483647 × 2 takes the values of one sample, rows padded to 16, past 2097151, the most that one block of samples has room for, to 34359738416",
        "[Network(4, 2)] [⟦ZeroPadding1D(int.MaxValue, int.MaxValue)⟧] partial class Net;");

    [Fact]
    public void RepeatVectorNeedsOneAxis() => Report.Is(
        "UNR0040",
        "Layer repeat_vector1 (input 4 × 2): the input must have one axis, but has 2",
        "[Network(4, 2)] [⟦RepeatVector(3)⟧] partial class Net;");

    [Fact]
    public void UnreadableElement() => Report.Is(
        "UNR0023",
        "Layer reshape1 (input 2): the arguments must be constants that fit the attribute, but it reads [Reshape(2, Missing)]",
        "[Network(2)] [⟦Reshape(2, Missing)⟧] partial class Net;",
        "CS0103");
}
