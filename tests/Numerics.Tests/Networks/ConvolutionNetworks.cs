using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Convolutions and poolings at awkward sizes.</summary>
internal static class ConvolutionNetworks
{
    private static readonly ActivateSketch s_tanh = new(Activation.Tanh);

    public static readonly NetworkCase[] All = NetworkCase.Some(
    [
        // Each pair has a convolution of the caller's image, whose pixels lie without gaps, and one of a value of the network's.
        Case("Conv3x3", [7, 8, 1], Conv(17, 3, 3), s_tanh, Conv(5, 3, 3), new FlattenSketch(), new DenseSketch(3)),
        Case("ConvColors", [6, 5, 3], Conv(33, 2, 3), s_tanh, Conv(16, 3, 2), new FlattenSketch(), new DenseSketch(2)),
        Case("ConvManyChannels", [5, 6, 17], Conv(3, 3, 3), s_tanh, Conv(2, 1, 3)),
        Case("ConvWholeImage", [4, 3, 15], Conv(16, 4, 3), s_tanh, Conv(33, 1, 1)),
        Case("ConvPoint", [3, 4, 5], Conv(6, 1, 1), s_tanh, Conv(3, 1, 1)),
        Case("ConvOfOnePixel", [1, 1, 7], Conv(6, 1, 1), s_tanh, Conv(3, 1, 1) with { Padding = Padding.Same }),
        Case("ConvStrides", [9, 8, 2], Conv(5, 3, 3) with { Strides = [2, 1] }, s_tanh, Conv(4, 2, 2) with { Strides = [1, 2] }),
        Case("ConvStridesBeyond", [9, 8, 3], Conv(16, 2, 2) with { Strides = [3, 4] }, s_tanh, Conv(3, 1, 1) with { Strides = [2, 2] }),
        Case("ConvSame", [5, 7, 3], Conv(9, 3, 3) with { Padding = Padding.Same }, s_tanh, Conv(5, 4, 2) with { Padding = Padding.Same }),
        Case("ConvSameStrides", [8, 7, 1], Conv(9, 5, 3) with { Padding = Padding.Same, Strides = [2, 3] }, s_tanh, Conv(5, 3, 3) with { Padding = Padding.Same, Strides = [2, 2] }),
        Case("ConvDilated", [9, 8, 3], Conv(5, 3, 2) with { Dilation = [2, 3] }, s_tanh, Conv(4, 2, 2) with { Dilation = [2, 2], Padding = Padding.Same }),
        Case("ConvWide", [3, 40, 1], Conv(64, 3, 5), s_tanh, Conv(33, 1, 7) with { UseBias = false }),
        Case("ConvDeep", [4, 4, 32], Conv(64, 2, 2) with { Activation = Activation.Relu, Padding = Padding.Same }, Conv(48, 3, 3) with { Activation = Activation.Tanh, KernelL2 = 0.1f }),
        Case("ConvMargins", [7, 6, 3], Conv(5, 1, 1), Each(3, 3) with { Padding = Padding.Same, Activation = Activation.Relu }, Conv(17, 3, 2) with { Padding = Padding.Same, Activation = Activation.Relu }, new MarginsSketch([0, 2], [3, 0]), Each(2, 2) with { Strides = [2, 1] }),
        Case("ConvSixteen", [6, 6, 16], Conv(16, 5, 5) with { Activation = Activation.Tanh }, Conv(16, 2, 2) with { KernelL2 = 0.05f }),
        Case("ConvSix", [8, 9, 6], Conv(6, 5, 5) with { Activation = Activation.Tanh }, Conv(16, 3, 3)),
        Case("ConvReshaped", [36], new ReshapeSketch(6, 6, 1), Conv(4, 3, 3) with { Padding = Padding.Same, Activation = Activation.Tanh }, new FlattenSketch(), new DenseSketch(3)),
        Case("ConvNormalized", [5, 6, 3], Conv(7, 3, 3), new BatchNormalizationSketch(), s_tanh, Conv(5, 2, 2) with { Padding = Padding.Same }, new BatchNormalizationSketch()),
        Case("NormalizedConv", [5, 6, 3], new BatchNormalizationSketch(), Conv(7, 3, 3), s_tanh, Conv(5, 2, 2) with { Padding = Padding.Same }),
        Case("NormalizedInside", [5, 6, 3], Conv(4, 1, 1), new BatchNormalizationSketch(), Conv(7, 3, 2), s_tanh, Conv(5, 2, 2)),
        Case("ConvResidual", [5, 4, 3], Conv(6, 3, 3), new BlockSketch("ConvBody", IsResidual: true, Conv(6, 3, 3) with { Padding = Padding.Same, Activation = Activation.Tanh }), Conv(2, 2, 2)),
        Case("ConvSigmoidBelow", [5, 6, 3], Conv(3, 2, 2) with { Activation = Activation.Sigmoid }, Conv(3, 2, 2) with { Activation = Activation.Exponential }, new DenseSketch(2)),

        Case("ConvGroups", [5, 6, 4], Conv(6, 3, 2) with { Groups = 2 }, s_tanh, Conv(9, 2, 2) with { Groups = 3, Padding = Padding.Same, KernelL2 = 0.1f }),
        Case("ConvChannelGroups", [4, 5, 17], Conv(34, 2, 2) with { Groups = 17, Strides = [2, 1] }, s_tanh, Conv(3, 1, 1)),

        Case("Signal", [20, 4], Conv(17, 5), s_tanh, Conv(5, 3) with { Strides = [2] }, new FlattenSketch(), new DenseSketch(3)),
        Case("SignalCausal", [11, 3], Conv(16, 3) with { Padding = Padding.Causal, Dilation = [2] }, s_tanh, Conv(5, 4) with { Padding = Padding.Causal, Strides = [3] }),
        Case("SignalSame", [9, 1], Conv(33, 4) with { Padding = Padding.Same }, s_tanh, Conv(2, 3) with { Padding = Padding.Same, Dilation = [2], Groups = 1 }),
        Case("SignalMargins", [9, 3], Conv(16, 1), Conv(5, 3) with { Padding = Padding.Causal, Activation = Activation.Relu }, Conv(3, 2) with { Padding = Padding.Same }),
        Case("SignalOfOneStep", [1, 5], Conv(4, 1), s_tanh, Conv(3, 3) with { Padding = Padding.Same }),

        Case("Depthwise", [6, 7, 3], Each(3, 3), s_tanh, Each(2, 3) with { Multiplier = 3, Padding = Padding.Same }, Conv(2, 1, 1)),
        Case("DepthwiseWide", [5, 20, 33], Each(3, 3) with { Padding = Padding.Same, KernelL2 = 0.1f }, s_tanh, Each(1, 4) with { Strides = [1, 2] }),
        Case("DepthwiseStrides", [9, 8, 16], Each(3, 2) with { Strides = [2, 2], Dilation = [2, 1] }, s_tanh, Each(4, 4) with { Padding = Padding.Same, Strides = [3, 2] }),
        Case("DepthwiseLarge", [7, 7, 2], Conv(17, 1, 1), Each(5, 5) with { UseBias = false, Activation = Activation.Tanh }, Each(1, 1) with { Multiplier = 2 }),
        Case("DepthwiseSignal", [12, 4], Each(3) with { Multiplier = 2 }, s_tanh, Each(4) with { Padding = Padding.Same }),
        Case("Separable", [6, 7, 3], new SeparableSketch(17, [3, 3]) { Activation = Activation.Tanh, KernelL2 = 0.1f }, new SeparableSketch(4, [2, 2]) { Multiplier = 2, Padding = Padding.Same }),
        Case("SeparableSignal", [12, 4], new SeparableSketch(6, [3]) { Strides = [2], Activation = Activation.Tanh }, new SeparableSketch(3, [2]) { UseBias = false }),

        Case("Transposed", [4, 5, 3], Back(6, 3, 3), s_tanh, Back(17, 2, 3) with { Strides = [2, 2] }, Conv(2, 1, 1)),
        Case("TransposedNormalized", [4, 5, 3], Back(6, 3, 3) with { Strides = [2, 2], UseBias = false }, new BatchNormalizationSketch(), s_tanh, Back(5, 1, 1)),
        Case("TransposedSame", [4, 3, 17], Back(5, 3, 4) with { Strides = [2, 2], Padding = Padding.Same }, s_tanh, Back(4, 5, 5) with { Strides = [3, 1], Padding = Padding.Same, KernelL2 = 0.1f }),
        Case("TransposedBeyond", [3, 4, 2], Back(5, 2, 2) with { Strides = [3, 3], UseBias = false }, s_tanh, Back(3, 1, 1)),
        Case("TransposedDilated", [4, 5, 3], Back(6, 3, 2) with { Dilation = [2, 3] }, s_tanh, Back(2, 3, 3) with { Dilation = [1, 2], Padding = Padding.Same }),
        Case("TransposedSignal", [6, 4], Back(5, 4) with { Strides = [2], Padding = Padding.Same }, s_tanh, Back(3, 3)),
        Case("DownAndUp", [8, 8, 1], Conv(6, 3, 3) with { Strides = [2, 2], Padding = Padding.Same, Activation = Activation.Tanh }, Back(1, 3, 3) with { Strides = [2, 2], Padding = Padding.Same }),

        Case("MaxPool", [6, 8, 3], Conv(5, 1, 1), Pool(2, 2), Conv(17, 2, 2), new FlattenSketch(), new DenseSketch(2)),
        Case("MaxPoolRest", [7, 9, 2], Conv(17, 1, 1), Pool(2, 3), Conv(3, 1, 1)),
        Case("MaxPoolOverlap", [7, 8, 2], Conv(33, 1, 1), Pool(3, 3) with { Strides = [2, 1] }, Conv(3, 1, 1)),
        Case("MaxPoolSame", [5, 7, 3], Conv(5, 1, 1), Pool(3, 2) with { Strides = [2, 2], Padding = Padding.Same }, Conv(3, 2, 2)),
        Case("MaxPoolGaps", [7, 8, 3], Conv(5, 1, 1), Pool(1, 2) with { Strides = [2, 3] }, Conv(3, 1, 1)),
        Case("MaxPoolMany", [6, 7, 1], Conv(4, 1, 1), Pool(5, 5) with { Strides = [1, 1] }, Conv(3, 1, 1)),
        Case("MaxPoolFirst", [4, 6, 3], Pool(2, 2), Conv(3, 2, 2)),
        Case("MaxPoolSignal", [9, 3], Conv(17, 2), Pool(3) with { Strides = [2], Padding = Padding.Same }, Conv(2, 1)),
        Case("MeanPool", [6, 8, 3], Conv(5, 1, 1), Mean(2, 2), Conv(17, 2, 2), Mean(2, 1)),
        Case("MeanPoolOverlap", [7, 8, 2], Conv(33, 1, 1), Mean(3, 2) with { Strides = [2, 1] }, Conv(3, 1, 1)),
        Case("MeanPoolSame", [5, 7, 3], Conv(5, 1, 1), Mean(3, 2) with { Strides = [2, 2], Padding = Padding.Same }, Conv(3, 2, 2)),
        Case("MeanPoolMany", [7, 7, 1], Conv(4, 1, 1), Mean(5, 5) with { Strides = [1, 1], Padding = Padding.Same }, Mean(5, 4)),
        Case("MeanPoolSignal", [9, 3], Conv(17, 2), Mean(3) with { Strides = [2] }, Conv(2, 1)),
        Case("Pooled", [9, 8, 3], Conv(17, 2, 2) with { Activation = Activation.Relu }, Pool(2, 2), Conv(5, 2, 2) with { Padding = Padding.Same }, Mean(2, 2)),
        Case("PooledSame", [10, 7, 2], Conv(33, 3, 3) with { Activation = Activation.Relu, Padding = Padding.Same }, Pool(2, 2), Conv(9, 5, 3) with { Activation = Activation.LeakyRelu, Padding = Padding.Same }, Pool(2, 3), new DenseSketch(2)),
        Case("PooledStrides", [14, 16, 3], Conv(16, 3, 2) with { Strides = [2, 3], UseBias = false }, Mean(3, 1), Conv(6, 2, 2) with { Dilation = [1, 3], Activation = Activation.Relu, UseBias = false }, Pool(1, 2)),
        Case("PooledPadding", [12, 9, 1], Conv(6, 5, 5) with { Strides = [2, 1], Padding = Padding.Same }, Pool(2, 4), Conv(3, 3, 3) with { Padding = Padding.Same, Activation = Activation.HardSigmoid }, Mean(1, 2)),
        Case("PooledNormalized", [8, 9, 3], Conv(5, 3, 3) with { UseBias = false }, new BatchNormalizationSketch(), new ActivateSketch(Activation.Relu), Pool(2, 2), Conv(17, 3, 3) with { Padding = Padding.Same }, Pool(3, 1)),
        Case("PooledSignal", [21, 3], Conv(33, 5) with { Padding = Padding.Same, Activation = Activation.Relu }, Pool(2), Conv(17, 3) with { Padding = Padding.Causal, Dilation = [2], Activation = Activation.Relu }, Mean(4), new DenseSketch(2)),
        Case("PooledPixel", [10, 3], Conv(17, 3) with { Activation = Activation.Relu }, Pool(2), Conv(9, 3), Mean(2), new DenseSketch(2)),
        Case("PooledTwice", [9, 9, 2], Conv(4, 2, 2) with { Activation = Activation.Relu }, new BlockSketch("PooledBody", IsResidual: true, Conv(4, 3, 3) with { Padding = Padding.Same }), Pool(2, 2), Pool(2, 2)),
        Case("GlobalMax", [5, 4, 3], Conv(17, 2, 2), new GlobalPoolSketch(IsMax: true, 2), new DenseSketch(3)),
        Case("GlobalMean", [5, 4, 3], Conv(17, 2, 2), new GlobalPoolSketch(IsMax: false, 2, KeepDims: true), Conv(3, 1, 1)),
        Case("GlobalSignal", [9, 3], Conv(33, 3), new GlobalPoolSketch(IsMax: false, 1), new DenseSketch(3)),
        Case("GlobalMaxSignal", [9, 3], Conv(5, 3), new GlobalPoolSketch(IsMax: true, 1, KeepDims: true), Conv(2, 1)),

        Case("Larger", [3, 4, 2], Conv(17, 1, 1), new UpSamplingSketch([2, 3]), Conv(3, 2, 2)),
        Case("LargerSmooth", [3, 4, 2], Conv(17, 1, 1), new UpSamplingSketch([2, 3], Interpolation.Bilinear), Conv(3, 2, 2)),
        Case("LargerSignal", [5, 3], Conv(5, 2), new UpSamplingSketch([3]), Conv(2, 2)),
        Case("LargerFirst", [3, 4, 3], new UpSamplingSketch([2, 1], Interpolation.Bilinear), Conv(3, 2, 2)),
        Case("Margins", [4, 5, 3], new MarginsSketch([1, 0], [2, 3]), Conv(17, 2, 2), new MarginsSketch([-1, -2], [0, -1]), Conv(2, 1, 1)),
        Case("MarginsLast", [4, 5, 3], Conv(5, 1, 1), new MarginsSketch([0, 2], [1, 1])),
        Case("CroppedSignal", [9, 3], new MarginsSketch([-1], [-2]), Conv(5, 3), new MarginsSketch([0], [-1]), new FlattenSketch(), new DenseSketch(2)),
        Case("DroppedChannels", [4, 5, 3], Conv(17, 2, 2), new SpatialDropoutSketch(2, 0.4f), Conv(4, 2, 2), new SpatialDropoutSketch(2, 0.2f)),
        Case("Flipped", [5, 6, 3], new FlipSketch(FlipMode.Horizontal), Conv(17, 2, 2), new FlipSketch(FlipMode.Vertical), Conv(4, 2, 2), new FlipSketch(FlipMode.HorizontalAndVertical)),
        Case("Translated", [6, 5, 1], Moved(ImageMotionKind.Translation, [0.4f], [-0.3f, 0.6f]) with { Fill = FillMode.Constant, FillValue = 0.5f }, Conv(17, 2, 2), Moved(ImageMotionKind.Translation, [1f], [1f]) with { Fill = FillMode.Wrap }, Conv(3, 1, 1)),
        Case("TranslatedPixels", [6, 7, 16], Moved(ImageMotionKind.Translation, [0.9f, -0.8f], [0.3f]) with { Interpolation = Interpolation.Nearest }, Conv(5, 1, 1), Moved(ImageMotionKind.Translation, [1f], [0f]) with { Fill = FillMode.Nearest, Interpolation = Interpolation.Nearest }),
        Case("Rotated", [6, 5, 3], Moved(ImageMotionKind.Rotation, [1f]), Conv(17, 2, 2), Moved(ImageMotionKind.Rotation, [0.1f, 0.3f]) with { Fill = FillMode.Nearest }, Conv(3, 1, 1)),
        Case("RotatedPixels", [1, 7, 2], Moved(ImageMotionKind.Rotation, [-0.5f]) with { Fill = FillMode.Constant, Interpolation = Interpolation.Nearest, FillValue = -1f }, Conv(33, 1, 2), Moved(ImageMotionKind.Rotation, [0.2f]) with { Fill = FillMode.Constant }),
        Case("Zoomed", [6, 5, 3], Moved(ImageMotionKind.Zoom, [0.4f]), Conv(17, 2, 2), Moved(ImageMotionKind.Zoom, [-0.9f, 1f], [0.5f]) with { Fill = FillMode.Wrap }, Conv(3, 1, 1)),
        Case("MovedOnePixel", [1, 1, 17], Moved(ImageMotionKind.Rotation, [0.2f]), Conv(4, 1, 1), Moved(ImageMotionKind.Translation, [0.5f], [1f]), new FlipSketch(FlipMode.Horizontal)),
        Case("DroppedSignal", [9, 3], new SpatialDropoutSketch(1, 0.3f), Conv(5, 3), new SpatialDropoutSketch(1, 0.3f)),
    ]);

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static ConvolutionSketch Conv(int filters, params int[] size) => new(filters, size);

    private static PoolSketch Pool(params int[] size) => new(IsMax: true, size);

    private static PoolSketch Mean(params int[] size) => new(IsMax: false, size);

    private static DepthwiseSketch Each(params int[] size) => new(size);

    private static ImageMotionSketch Moved(ImageMotionKind kind, float[] first, float[]? second = null) => new(kind, first, second);

    private static TransposedSketch Back(int filters, params int[] size) => new(filters, size);

    private static NetworkCase Case(string name, int[] input, params LayerSketch[] layers) =>
        new(new Blueprint(name, input, layers), new ReferenceMeanSquaredError());
}
