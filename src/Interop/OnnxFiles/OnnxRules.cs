namespace Unroll.Interop.OnnxFiles;

/// <summary>The operators that become layers. A new one adds its line.</summary>
internal static class OnnxRules
{
    private static readonly Dictionary<string, Action<OnnxCall>> s_rules = new(StringComparer.Ordinal)
    {
        ["Gemm"] = DenseRules.Gemm,
        ["MatMul"] = DenseRules.MatMul,
        ["Conv"] = ConvolutionRules.Convolution,
        ["ConvTranspose"] = ConvolutionRules.Transposed,
        ["MaxPool"] = PoolingRules.Max,
        ["AveragePool"] = PoolingRules.Average,
        ["GlobalMaxPool"] = PoolingRules.Global,
        ["GlobalAveragePool"] = PoolingRules.Global,
        ["ReduceMean"] = NormalizationPattern.ReduceMean,
        ["ReduceMax"] = PoolingRules.Reduce,
        ["BatchNormalization"] = NormalizationRules.Batch,
        ["LayerNormalization"] = NormalizationRules.Layer,
        ["InstanceNormalization"] = NormalizationRules.Instance,
        ["GroupNormalization"] = NormalizationRules.Group,
        ["RMSNormalization"] = NormalizationRules.RootMeanSquare,
        ["Pow"] = NormalizationPattern.Power,
        ["Attention"] = AttentionOperator.Read,
        ["Einsum"] = EinsumRules.Read,
        ["Where"] = AttentionRules.Where,
        ["IsNaN"] = AttentionRules.IsNotANumber,
        ["ai.onnx.ml.Scaler"] = NormalizationRules.Scaler,
        ["ai.onnx.ml.ZipMap"] = PlainRules.ZipMap,
        ["Softmax"] = ActivationRules.Softmax,
        ["LogSoftmax"] = ActivationRules.Softmax,
        ["PRelu"] = ActivationRules.PRelu,
        ["Add"] = MergeRules.Binary,
        ["Sub"] = MergeRules.Binary,
        ["Mul"] = MergeRules.Binary,
        ["Div"] = MergeRules.Binary,
        ["Max"] = MergeRules.Binary,
        ["Min"] = MergeRules.Binary,
        ["Sum"] = MergeRules.Binary,
        ["Mean"] = MergeRules.Binary,
        ["Concat"] = MergeRules.Concatenate,
        ["Flatten"] = ShapeRules.Flatten,
        ["Reshape"] = ShapeRules.Reshape,
        ["Transpose"] = ShapeRules.Transpose,
        ["Squeeze"] = ShapeRules.Squeeze,
        ["Unsqueeze"] = ShapeRules.Unsqueeze,
        ["Split"] = LooseRules.Split,
        ["Gather"] = LooseRules.Gather,
        ["LSTM"] = SequenceRules.Recurrent,
        ["GRU"] = SequenceRules.Recurrent,
        ["RNN"] = SequenceRules.Recurrent,
        ["Scan"] = LoopRules.Scan,
        ["Loop"] = LoopRules.Loop,
        ["Tile"] = ShapeRules.Tile,
        ["Shrink"] = ActivationRules.Function,
        ["Pad"] = ImageRules.Pad,
        ["Slice"] = ImageRules.Slice,
        ["Upsample"] = ImageRules.Resize,
        ["Resize"] = ImageRules.Resize,
        ["Dropout"] = PlainRules.Dropout,
        ["Identity"] = PlainRules.Identity,
        ["Cast"] = PlainRules.Cast,
    };

    /// <summary>Null where there is no layer for it.</summary>
    public static Action<OnnxCall>? Find(string operation) => s_rules.GetValueOrDefault(operation)
        ?? (ScalarFunction.Has(operation) ? ActivationRules.Function : operation is "Constant" or "Shape" or "ConstantOfShape" or "Expand" or "Range" or "Trilu" ? PlainRules.Constant : null);
}
