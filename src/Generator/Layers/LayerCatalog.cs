namespace Unroll.Generator.Layers;

/// <summary>All kinds of layers. A new one adds its line.</summary>
internal static class LayerCatalog
{
    public static readonly IReadOnlyList<LayerKind> All =
    [
        DenseLayer.Description,
        FlattenLayer.Description,
        ReshapeLayer.Description,
        PermuteLayer.Description,
        RepeatVectorLayer.Description,
        ConvolutionLayer.OfSignals,
        ConvolutionLayer.OfImages,
        DepthwiseLayer.OfSignals,
        DepthwiseLayer.OfImages,
        SeparableLayer.OfSignals,
        SeparableLayer.OfImages,
        TransposedConvolutionLayer.OfSignals,
        TransposedConvolutionLayer.OfImages,
        PoolingLayer.MaxOfSignals,
        PoolingLayer.MaxOfImages,
        PoolingLayer.AverageOfSignals,
        PoolingLayer.AverageOfImages,
        GlobalPoolingLayer.MaxOfSignals,
        GlobalPoolingLayer.MaxOfImages,
        GlobalPoolingLayer.AverageOfSignals,
        GlobalPoolingLayer.AverageOfImages,
        UpSamplingLayer.OfSignals,
        UpSamplingLayer.OfImages,
        MarginsLayer.ZerosOfSignals,
        MarginsLayer.ZerosOfImages,
        MarginsLayer.CutOfSignals,
        MarginsLayer.CutOfImages,
        SpatialDropoutLayer.OfSignals,
        SpatialDropoutLayer.OfImages,
        RandomFlipLayer.Description,
        RandomTranslationLayer.Description,
        RandomRotationLayer.Description,
        RandomZoomLayer.Description,
        EmbeddingLayer.Description,
        PositionEmbeddingLayer.Description,
        MultiHeadAttentionLayer.Description,
        SimpleRNNLayer.Description,
        GRULayer.Description,
        LSTMLayer.Description,
        MaskingLayer.Description,
        ActivateLayer.Description,
        ActivateLayer.LeakyRelu,
        ActivateLayer.ThresholdedRelu,
        PReluLayer.Description,
        BatchNormalizationLayer.Description,
        LayerNormalizationLayer.Description,
        GroupNormalizationLayer.Description,
        RMSNormalizationLayer.Description,
        UnitNormalizationLayer.Description,
        NormalizationLayer.Description,
        RescalingLayer.Description,
        DropoutLayer.Description,
        AlphaDropoutLayer.Description,
        GaussianDropoutLayer.Description,
        GaussianNoiseLayer.Description,
        ActivityRegularizationLayer.Description,
        ElementwiseMergeLayer.Add,
        ElementwiseMergeLayer.Subtract,
        ElementwiseMergeLayer.Multiply,
        ElementwiseMergeLayer.Average,
        ElementwiseMergeLayer.Maximum,
        ElementwiseMergeLayer.Minimum,
        ConcatenateLayer.Description,
        DotLayer.Description,
    ];

    private static readonly Dictionary<string, LayerKind> s_byAttribute =
        All.ToDictionary(static kind => kind.AttributeName, StringComparer.Ordinal);

    public static LayerKind? Find(string attributeName) =>
        s_byAttribute.TryGetValue(attributeName, out LayerKind? kind) ? kind : null;
}
