namespace Unroll.Interop.OnnxExport;

/// <summary>The layers that are written as operators. A new one adds its line.</summary>
internal static class OnnxLayers
{
    private static readonly Dictionary<string, Func<LayerCall, ExportValue>> s_layers = new(StringComparer.Ordinal)
    {
        ["Dense"] = PlainExport.Dense,
        ["Flatten"] = PlainExport.Reshape,
        ["Reshape"] = PlainExport.Reshape,
        ["Permute"] = PlainExport.Permute,
        ["RepeatVector"] = PlainExport.RepeatVector,
        ["Conv1D"] = ImageExport.Convolution,
        ["Conv2D"] = ImageExport.Convolution,
        ["DepthwiseConv1D"] = ImageExport.Depthwise,
        ["DepthwiseConv2D"] = ImageExport.Depthwise,
        ["SeparableConv1D"] = ImageExport.Separable,
        ["SeparableConv2D"] = ImageExport.Separable,
        ["Conv1DTranspose"] = ImageExport.Transposed,
        ["Conv2DTranspose"] = ImageExport.Transposed,
        ["MaxPooling1D"] = ImageExport.Pooling,
        ["MaxPooling2D"] = ImageExport.Pooling,
        ["AveragePooling1D"] = ImageExport.Pooling,
        ["AveragePooling2D"] = ImageExport.Pooling,
        ["GlobalMaxPooling1D"] = ImageExport.Global,
        ["GlobalMaxPooling2D"] = ImageExport.Global,
        ["GlobalAveragePooling1D"] = ImageExport.Global,
        ["GlobalAveragePooling2D"] = ImageExport.Global,
        ["UpSampling1D"] = PlainExport.UpSampling,
        ["UpSampling2D"] = PlainExport.UpSampling,
        ["ZeroPadding1D"] = PlainExport.Padding,
        ["ZeroPadding2D"] = PlainExport.Padding,
        ["Cropping1D"] = PlainExport.Cropping,
        ["Cropping2D"] = PlainExport.Cropping,
        ["Activate"] = ActivationExport.Layer,
        ["LeakyRelu"] = ActivationExport.LeakyRelu,
        ["ThresholdedRelu"] = ActivationExport.ThresholdedRelu,
        ["PRelu"] = ActivationExport.PRelu,
        ["BatchNormalization"] = NormalizationExport.Batch,
        ["LayerNormalization"] = NormalizationExport.Layer,
        ["GroupNormalization"] = NormalizationExport.Group,
        ["RMSNormalization"] = NormalizationExport.RootMeanSquare,
        ["UnitNormalization"] = NormalizationExport.Unit,
        ["Normalization"] = NormalizationExport.Fixed,
        ["Rescaling"] = PlainExport.Rescaling,
        ["Dropout"] = PlainExport.Nothing,
        ["AlphaDropout"] = PlainExport.Nothing,
        ["GaussianDropout"] = PlainExport.Nothing,
        ["GaussianNoise"] = PlainExport.Nothing,
        ["SpatialDropout1D"] = PlainExport.Nothing,
        ["SpatialDropout2D"] = PlainExport.Nothing,
        ["ActivityRegularization"] = PlainExport.Nothing,
        ["Add"] = MergeExport.Elementwise,
        ["Subtract"] = MergeExport.Elementwise,
        ["Multiply"] = MergeExport.Elementwise,
        ["Average"] = MergeExport.Elementwise,
        ["Maximum"] = MergeExport.Elementwise,
        ["Minimum"] = MergeExport.Elementwise,
        ["Residual"] = MergeExport.Elementwise,
        ["Concatenate"] = MergeExport.Concatenate,
        ["Dot"] = MergeExport.Dot,
    };

    public static IReadOnlyCollection<string> Known => s_layers.Keys;

    public static Func<LayerCall, ExportValue>? Find(string kind) => s_layers.GetValueOrDefault(kind);
}
