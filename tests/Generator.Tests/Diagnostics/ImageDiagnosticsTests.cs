namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What layers of images and signals refuse: the message and the place.</summary>
public class ImageDiagnosticsTests
{
    [Theory]
    [InlineData("Conv2D(4, ⟦[3, 3, 3]⟧)", "conv2d1", "kernelSize", "[3, 3, 3]")]
    [InlineData("Conv2D(4, ⟦0⟧)", "conv2d1", "kernelSize", "[0, 0]")]
    [InlineData("Conv2D(4, 3, ⟦Strides = [2, 0]⟧)", "conv2d1", "Strides", "[2, 0]")]
    [InlineData("MaxPooling2D(⟦[]⟧)", "max_pooling2d1", "poolSize", "[]")]
    [InlineData("UpSampling2D(⟦-1⟧)", "up_sampling2d1", "size", "[-1, -1]")]
    public void NumbersOfAxes(string layer, string name, string argument, string received) => Report.Is(
        "UNR0060",
        $"Layer {name} (input 8 × 8 × 2): {argument} must be one number, or one for each of the two axes, at least 1, but is {received}",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("CenterCrop(⟦9⟧, 2)", "height", "rows", "9")]
    [InlineData("CenterCrop(2, ⟦7⟧)", "width", "columns", "7")]
    public void MoreThanThereIs(string layer, string argument, string what, string received) => Report.Is(
        "UNR0034",
        $"Layer center_crop1 (input 8 × 6 × 2): {argument} must be at most the {(argument == "height" ? 8 : 6)} {what} of its input, but is {received}",
        $"[Network(8, 6, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("ZeroPadding2D(⟦[1, 2, 3]⟧)", "zero_padding2d1", "padding", "[1, 2, 3]")]
    [InlineData("Cropping2D(⟦[1, 0, -1, 0]⟧)", "cropping2d1", "cropping", "[1, 0, -1, 0]")]
    public void NumbersOfSides(string layer, string name, string argument, string received) => Report.Is(
        "UNR0060",
        $"Layer {name} (input 8 × 8 × 2): {argument} must be one number, one for each of the two axes, or one for each of the four sides, at least 0, but is {received}",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("Conv2D(4, 3, ⟦Padding = Padding.Causal⟧)", "conv2d1")]
    [InlineData("DepthwiseConv2D(3, ⟦Padding = Padding.Causal⟧)", "depthwise_conv2d1")]
    [InlineData("MaxPooling2D(2, ⟦Padding = Padding.Causal⟧)", "max_pooling2d1")]
    public void CausalPadding(string layer, string name) => Report.Is(
        "UNR0061",
        $"Layer {name} (input 8 × 8 × 2): Padding must be Valid or Same, but is Causal, which is for Conv1D",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Fact]
    public void StridesAndDilation() => Report.Is(
        "UNR0062",
        "Layer conv2d1 (input 8 × 8 × 2): only one of Strides and Dilation may be above 1, but they are [2, 2] and [1, 2]",
        "[Network(8, 8, 2)] [Conv2D(4, 3, Strides = [2], ⟦Dilation = [1, 2]⟧)] partial class Net;");

    [Theory]
    [InlineData("Conv2D(4, 3, ⟦Groups = 3⟧)", "conv2d1", "filters", "4", "3")]
    [InlineData("Conv2D(4, 3, ⟦Groups = 4⟧)", "conv2d1", "channels of the input", "2", "4")]
    [InlineData("GroupNormalization(⟦4⟧)", "group_normalization1", "channels of the input", "2", "4")]
    public void Groups(string layer, string name, string what, string count, string groups) => Report.Is(
        "UNR0063",
        $"Layer {name} (input 8 × 8 × 2): the groups must divide the {what}, {count}, but are {groups}",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("8, 2", "Conv2D(4, 3)", "conv2d1", "an image, rows × columns × channels", "2")]
    [InlineData("8, 8, 2", "Conv1D(4, 3)", "conv1d1", "a signal, steps × channels", "3")]
    [InlineData("8", "GlobalAveragePooling1D", "global_average_pooling1d1", "a signal, steps × channels", "1")]
    [InlineData("8, 2", "RandomFlip", "random_flip1", "an image, rows × columns × channels", "2")]
    [InlineData("8, 2", "SpatialDropout2D(0.5f)", "spatial_dropout2d1", "an image, rows × columns × channels", "2")]
    public void NoImage(string input, string layer, string name, string what, string rank) => Report.Is(
        "UNR0064",
        $"Layer {name} (input {input.Replace(", ", " × ", StringComparison.Ordinal)}): the input must be {what}, but has {rank} axes",
        $"[Network({input})] [⟦{layer}⟧] partial class Net;");

    [Theory]
    [InlineData("Conv2D(4, ⟦[3, 5]⟧, Dilation = [1, 2])", "conv2d1")]
    [InlineData("DepthwiseConv2D(⟦[3, 9]⟧)", "depthwise_conv2d1")]
    [InlineData("MaxPooling2D(⟦[1, 9]⟧)", "max_pooling2d1")]
    public void WindowDoesNotFit(string layer, string name) => Report.Is(
        "UNR0065",
        $"Layer {name} (input 8 × 8 × 2): the window reaches over 9 along axis 2, which must be at least that long, but is 8",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Fact]
    public void OutputPadding() => Report.Is(
        "UNR0066",
        "Layer conv2d_transpose1 (input 8 × 8 × 2): OutputPadding must be below Strides, [2, 1], but is [1, 1]",
        "[Network(8, 8, 2)] [Conv2DTranspose(4, 3, Strides = [2, 1], ⟦OutputPadding = [1]⟧)] partial class Net;");

    [Fact]
    public void NothingIsLeft() => Report.Is(
        "UNR0067",
        "Layer cropping2d1 (input 8 × 8 × 2): at least one value must be left along every axis, but none is of 8 × 8 × 2",
        "[Network(8, 8, 2)] [Cropping2D(⟦4⟧)] partial class Net;");

    [Theory]
    [InlineData("LayerNormalization(⟦Axis = [0]⟧)", "layer_normalization1", "Axis", "[0]")]
    [InlineData("LayerNormalization(⟦Axis = []⟧)", "layer_normalization1", "Axis", "[]")]
    [InlineData("UnitNormalization(⟦Axis = []⟧)", "unit_normalization1", "Axis", "[]")]
    [InlineData("LayerNormalization(⟦Axis = [1, -3]⟧)", "layer_normalization1", "Axis", "[1, -3]")]
    [InlineData("BatchNormalization(⟦Axis = 4⟧)", "batch_normalization1", "Axis", "[4]")]
    [InlineData("PRelu(⟦SharedAxes = [1, 1]⟧)", "prelu1", "SharedAxes", "[1, 1]")]
    public void Axes(string layer, string name, string argument, string received) => Report.Is(
        "UNR0068",
        $"Layer {name} (input 8 × 8 × 2): {argument} must name axes of the input, 1 to 3, each once, but is {received}",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("RandomTranslation(⟦1.5f⟧, 0f)", "random_translation1", "heightFactor", "in [-1, 1]", "1.5")]
    [InlineData("RandomTranslation([0f], ⟦[0f, -2f]⟧)", "random_translation1", "widthFactor", "in [-1, 1]", "[0, -2]")]
    [InlineData("RandomRotation(⟦float.NaN⟧)", "random_rotation1", "factor", "in [-1, 1]", "NaN")]
    [InlineData("RandomRotation(⟦[0f, 0f, 0f]⟧)", "random_rotation1", "factor", "in [-1, 1]", "[0, 0, 0]")]
    [InlineData("RandomZoom(⟦[-1f, 0f]⟧)", "random_zoom1", "heightFactor", "in (-1, 1]", "[-1, 0]")]
    [InlineData("RandomZoom(⟦[]⟧)", "random_zoom1", "heightFactor", "in (-1, 1]", "[]")]
    public void RandomAmounts(string layer, string name, string argument, string range, string received) => Report.Is(
        "UNR0079",
        $"Layer {name} (input 8 × 8 × 2): {argument} must be a number or the least and the largest of two, {range}, but is {received}",
        $"[Network(8, 8, 2)] [{layer}] partial class Net;");

    [Fact]
    public void WindowTooLarge() => Report.Is(
        "UNR0069",
        "Layer depthwise_conv2d1 (input 8 × 8 × 2): the window must reach so far that its input and the zeros around it fit into memory, but reaches over 1048577 × 1048577",
        "[Network(8, 8, 2)] [⟦DepthwiseConv2D(2, Dilation = [1 << 20], Padding = Padding.Same)⟧] partial class Net;");

    [Fact]
    public void AKernelIsNoIdentity() => Report.Is(
        "UNR0070",
        "Layer conv2d1 (input 8 × 8 × 2): KernelInitializer must be an initializer of kernels of more than two axes, but is Identity",
        "[Network(8, 8, 2)] [Conv2D(4, 3, ⟦KernelInitializer = Initializer.Identity⟧)] partial class Net;");
}
