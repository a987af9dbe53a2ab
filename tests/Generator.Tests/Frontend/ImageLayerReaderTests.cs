using Unroll.Generator.Graph;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>Layers of images and signals: arguments, defaults, default names.</summary>
public class ImageLayerReaderTests
{
    private static readonly WeightSpec s_kernel = Model.Initializer.GlorotUniform;
    private static readonly WeightSpec s_bias = Model.Initializer.Zeros;

    [Fact]
    public void Convolutions()
    {
        AssertReads("[Conv2D(4, 3)]", "8, 8, 2", new ConvolutionLayer(
            0, "conv2d1", 4, Window([3, 3]), Groups: 1, Model.Activation.Linear, UseBias: true, s_kernel, s_bias));
        AssertReads(
            "[Conv2D(4, [3, 5], Activation.Relu, Strides = [2, 1], Padding = Padding.Same, Groups = 2, UseBias = false, KernelL2 = 0.5f, Name = \"c\")]",
            "8, 8, 2",
            new ConvolutionLayer(
                0,
                "c",
                4,
                Window([3, 5], [2, 1], padding: Model.Padding.Same),
                Groups: 2,
                Model.Activation.Relu,
                UseBias: false,
                s_kernel with { Penalty = new Penalty(0f, 0.5f) },
                s_bias));
        AssertReads("[Conv1D(4, 3, Padding = Padding.Causal, Dilation = [2])]", "8, 2", new ConvolutionLayer(
            0, "conv1d1", 4, Window([3], dilation: [2], padding: Model.Padding.Causal), Groups: 1, Model.Activation.Linear, UseBias: true, s_kernel, s_bias));
        AssertReads("[DepthwiseConv2D(3, DepthMultiplier = 2, Strides = [2], Dilation = [2])]", "8, 8, 2", new DepthwiseLayer(
            0, "depthwise_conv2d1", Window([3, 3], [2, 2], [2, 2]), 2, Model.Activation.Linear, UseBias: true, s_kernel, s_bias));
        AssertReads("[SeparableConv1D(5, 3)]", "8, 2", new SeparableLayer(
            0, "separable_conv1d1", 5, Window([3]), 1, Model.Activation.Linear, UseBias: true, s_kernel, s_kernel, s_bias));
        AssertReads("[Conv2DTranspose(5, 3, Strides = [2], OutputPadding = [1])]", "8, 8, 2", new TransposedConvolutionLayer(
            0, "conv2d_transpose1", 5, Window([3, 3], [2, 2]), EquatableArray.Of(1, 1), Model.Activation.Linear, UseBias: true, s_kernel, s_bias));
    }

    [Fact]
    public void Poolings()
    {
        AssertReads("[MaxPooling2D]", "8, 8, 2", new PoolingLayer(0, "max_pooling2d1", Pooling.Max, Window([2, 2], [2, 2]) with { Argument = "poolSize" }));
        AssertReads("[AveragePooling1D(3, Strides = [1], Padding = Padding.Same)]", "8, 2", new PoolingLayer(
            0, "average_pooling1d1", Pooling.Average, Window([3], padding: Model.Padding.Same) with { Argument = "poolSize" }));
        AssertReads(
            "[GlobalMaxPooling2D(KeepDims = true)]", "8, 8, 2", new GlobalPoolingLayer(0, "global_max_pooling2d1", Pooling.Max, 2, KeepDims: true));
    }

    [Fact]
    public void Others()
    {
        AssertReads("[UpSampling2D([1, 3], Interpolation = Interpolation.Bilinear)]", "8, 8, 2", new UpSamplingLayer(
            0, "up_sampling2d1", EquatableArray.Of(1, 3), Model.Interpolation.Bilinear));
        AssertReads("[ZeroPadding2D]", "8, 8, 2", new MarginsLayer(0, "zero_padding2d1", 1, EquatableArray.Of(1, 1), EquatableArray.Of(1, 1)));
        AssertReads("[Cropping2D([1, 2, 3, 0])]", "8, 8, 2", new MarginsLayer(0, "cropping2d1", -1, EquatableArray.Of(1, 3), EquatableArray.Of(2, 0)));
        AssertReads("[SpatialDropout1D(0.25f)]", "8, 2", new SpatialDropoutLayer(0, "spatial_dropout1d1", 1, 0.25f));
        AssertReads("[GroupNormalization(2)]", "8, 2", new GroupNormalizationLayer(0, "group_normalization1", 2, 1e-3f, Center: true, Scale: true));
        AssertReads("[RMSNormalization(Axis = [1, 2])]", "8, 2", new RMSNormalizationLayer(
            0, "rms_normalization1", new NormalizedAxes(EquatableArray.Of(1, 2)), 1e-6f));
        AssertReads("[UnitNormalization]", "8, 2", new UnitNormalizationLayer(0, "unit_normalization1", NormalizedAxes.Last));
        AssertReads("[PRelu(SharedAxes = [1])]", "8, 2", new PReluLayer(0, "prelu1", Model.Initializer.Zeros) { SharedAxes = EquatableArray.Of(1) });
    }

    [Fact]
    public void RandomMotions()
    {
        AssertReads("[RandomFlip]", "8, 8, 2", new RandomFlipLayer(
            0, "random_flip1", RandomFlipLayer.MotionOf(Model.FlipMode.HorizontalAndVertical)));
        AssertReads("[RandomFlip(FlipMode.Vertical)]", "8, 8, 2", new RandomFlipLayer(0, "random_flip1", RandomFlipLayer.MotionOf(Model.FlipMode.Vertical)));
        AssertReads("[RandomTranslation(0.25f, -0.5f)]", "8, 8, 2", new RandomTranslationLayer(
            0, "random_translation1", Motion("Translation", new NumberSpan(-0.25f, 0.25f), new NumberSpan(-0.5f, 0.5f))));
        AssertReads(
            "[RandomTranslation([0.5f, -0.25f], [0.125f], FillMode = FillMode.Constant, Interpolation = Interpolation.Nearest, FillValue = 2f)]",
            "8, 8, 2",
            new RandomTranslationLayer(0, "random_translation1", new ImageMotion(
                "Translation", new NumberSpan(-0.25f, 0.5f), new NumberSpan(-0.125f, 0.125f), Model.FillMode.Constant, Model.Interpolation.Nearest, 2f)));
        AssertReads("[RandomRotation(1)]", "8, 8, 2", new RandomRotationLayer(
            0, "random_rotation1", Motion("Rotation", new NumberSpan(-1f, 1f), default)));
        AssertReads("[RandomZoom(0.5f)]", "8, 8, 2", new RandomZoomLayer(0, "random_zoom1", Motion("EvenZoom", new NumberSpan(-0.5f, 0.5f), default)));
        AssertReads("[RandomZoom([-0.5f, 1f], null)]", "8, 8, 2", new RandomZoomLayer(
            0, "random_zoom1", Motion("EvenZoom", new NumberSpan(-0.5f, 1f), default)));
        AssertReads("[RandomZoom(0.5f, 0f)]", "8, 8, 2", new RandomZoomLayer(
            0, "random_zoom1", Motion("Zoom", new NumberSpan(-0.5f, 0.5f), new NumberSpan(-0f, 0f))));
    }

    private static ImageMotion Motion(string kind, NumberSpan first, NumberSpan second) =>
        new(kind, first, second, Model.FillMode.Reflect, Model.Interpolation.Bilinear, 0f);

    private static WindowSpec Window(int[] size, int[]? strides = null, int[]? dilation = null, Model.Padding padding = Model.Padding.Valid)
    {
        int[] ones = [.. size.Select(static _ => 1)];
        return new WindowSpec(size.ToEquatableArray(), (strides ?? ones).ToEquatableArray(), (dilation ?? ones).ToEquatableArray(), padding);
    }

    private static void AssertReads(string attribute, string input, Layer expected) =>
        Assert.Equal<Layer>([expected], ParsedModel.Layers(attribute, input));
}
