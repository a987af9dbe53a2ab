namespace Unroll.Numerics.Tests.Harness;

/// <summary>
/// Every layer once, between two dense ones: its derivative is held against central differences, and what it predicts against ONNX Runtime.
/// </summary>
internal static class LayerExamples
{
    public const int Inputs = 3;

    /// <summary>The block that some of them apply.</summary>
    public const string Block = "[Block] [Dense(6, Activation.Tanh)] public class Body;";

    private static readonly Dictionary<string, string> s_layers = new(StringComparer.Ordinal)
    {
        ["Add"] = "[Add(\"\", \"dense1\")]",
        ["Average"] = "[Activate(Activation.Tanh)] [Average(\"\", \"dense1\")]",
        ["Concatenate"] = "[Activate(Activation.Tanh)] [Concatenate(\"\", \"dense1\")]",
        ["Dot"] = "[Activate(Activation.Tanh)] [Reshape(3, 2, Name = \"left\")] [Reshape(3, 2, From = \"dense1\", Name = \"right\")] [Dot(\"left\", \"right\", Axes = [1])] [Dot(\"left\", \"\", Axes = [2, 1])] [Flatten] [Dot(\"\", \"dense1\", Axes = [1])]",
        ["Maximum"] = "[Activate(Activation.Tanh)] [Maximum(\"\", \"dense1\")]",
        ["Minimum"] = "[Activate(Activation.Tanh)] [Minimum(\"\", \"dense1\")]",
        ["Multiply"] = "[Activate(Activation.Tanh)] [Multiply(\"\", \"dense1\")]",
        ["Subtract"] = "[Activate(Activation.Tanh)] [Subtract(\"\", \"dense1\")]",
        ["Activate"] = "[Activate(Activation.Mish)]",
        ["ActivityRegularization"] = "[ActivityRegularization(L1 = 0.1f, L2 = 0.2f)]",
        ["AlphaDropout"] = "[AlphaDropout(0.3f)]",
        ["BatchNormalization"] = "[BatchNormalization]",
        ["Dense"] = "[Dense(4, Activation.Tanh, KernelL2 = 0.1f)]",
        ["Dropout"] = "[Dropout(0.3f)]",
        ["Embedding"] = "[Embedding(5, 2, From = \"input\")] [Flatten] [Concatenate(\"\", \"dense1\")]",
        ["Flatten"] = "[Reshape(2, 3)] [Flatten]",
        ["GaussianDropout"] = "[GaussianDropout(0.3f)]",
        ["GaussianNoise"] = "[GaussianNoise(0.3f)]",
        ["LayerNormalization"] = "[LayerNormalization]",
        ["LeakyRelu"] = "[LeakyRelu(0.3f)]",
        ["MultiHeadAttention"] = "[Reshape(3, 2)] [MultiHeadAttention(2, 3, ValueDim = 2, Dropout = 0.2f, Causal = true)] [Flatten]",
        ["Normalization"] = "[Normalization]",
        ["PRelu"] = "[PRelu]",
        ["Permute"] = "[Reshape(2, 3)] [Permute(2, 1)]",
        ["PositionEmbedding"] = "[Reshape(3, 2, Name = \"steps\")] [PositionEmbedding(4)] [Add(\"\", \"steps\")] [Flatten]",
        ["RepeatVector"] = "[RepeatVector(2)]",
        ["Rescaling"] = "[Rescaling(0.5f, 1f)]",
        ["Reshape"] = "[Reshape(3, 2)]",
        ["Residual"] = "[Residual<Body>]",
        ["ThresholdedRelu"] = "[ThresholdedRelu(0.5f)]",
        ["Use"] = "[Use<Body>]",
        ["AveragePooling1D"] = "[Reshape(3, 2)] [AveragePooling1D(2, Strides = [1])] [Flatten]",
        ["AveragePooling2D"] = "[Reshape(2, 3, 1)] [AveragePooling2D(2, Padding = Padding.Same)] [Flatten]",
        ["CenterCrop"] = "[Dense(20)] [Reshape(4, 5, 1)] [CenterCrop(1, 2)] [Flatten]",
        ["Conv1D"] = "[Reshape(3, 2)] [Conv1D(2, 2, Padding = Padding.Causal)] [Flatten]",
        ["Conv1DTranspose"] = "[Reshape(3, 2)] [Conv1DTranspose(2, 3, Strides = [2], Padding = Padding.Same, OutputPadding = [1])] [Flatten]",
        ["Conv2D"] = "[Reshape(2, 3, 1)] [Conv2D(3, [2, 2], Activation.Tanh, Padding = Padding.Same, Groups = 1)] [Flatten]",
        ["Conv2DTranspose"] = "[Reshape(1, 3, 2)] [Conv2DTranspose(2, 2, Strides = [1, 2])] [Flatten]",
        ["Cropping1D"] = "[Reshape(3, 2)] [Cropping1D(1, 0)] [Flatten]",
        ["Cropping2D"] = "[Reshape(1, 3, 2)] [Cropping2D([0, 0, 1, 0])] [Flatten]",
        ["DepthwiseConv1D"] = "[Reshape(3, 2)] [DepthwiseConv1D(2, DepthMultiplier = 2)] [Flatten]",
        ["DepthwiseConv2D"] = "[Reshape(3, 1, 2)] [DepthwiseConv2D([2, 1], Padding = Padding.Same, Strides = [2])] [Flatten]",
        ["GlobalAveragePooling1D"] = "[Reshape(3, 2)] [GlobalAveragePooling1D]",
        ["GlobalAveragePooling2D"] = "[Reshape(1, 3, 2)] [GlobalAveragePooling2D]",
        ["GlobalMaxPooling1D"] = "[Reshape(3, 2)] [GlobalMaxPooling1D]",
        ["GlobalMaxPooling2D"] = "[Reshape(1, 3, 2)] [GlobalMaxPooling2D]",
        ["GroupNormalization"] = "[Reshape(3, 2)] [GroupNormalization(1)] [Flatten]",
        ["MaxPooling1D"] = "[Reshape(3, 2)] [MaxPooling1D(2, Strides = [1])] [Flatten]",
        ["MaxPooling2D"] = "[Reshape(2, 3, 1)] [MaxPooling2D(2, Padding = Padding.Same)] [Flatten]",
        ["RandomFlip"] = "[Reshape(2, 3, 1)] [RandomFlip] [Flatten]",
        ["RandomRotation"] = "[Reshape(2, 3, 1)] [RandomRotation(0.4f)] [Flatten]",
        ["RandomTranslation"] = "[Reshape(2, 3, 1)] [RandomTranslation(0.5f, 0.4f, FillMode = FillMode.Constant, FillValue = 1f)] [Flatten]",
        ["RandomZoom"] = "[Reshape(3, 2, 1)] [RandomZoom(0.5f, FillMode = FillMode.Wrap)] [Flatten]",
        ["RMSNormalization"] = "[RMSNormalization]",
        ["SeparableConv1D"] = "[Reshape(3, 2)] [SeparableConv1D(3, 2)] [Flatten]",
        ["SeparableConv2D"] = "[Reshape(1, 3, 2)] [SeparableConv2D(3, [1, 2], DepthMultiplier = 2)] [Flatten]",
        ["SpatialDropout1D"] = "[Reshape(3, 2)] [SpatialDropout1D(0.3f)] [Flatten]",
        ["SpatialDropout2D"] = "[Reshape(1, 3, 2)] [SpatialDropout2D(0.3f)] [Flatten]",
        ["TimeDistributed"] = "[Reshape(2, 3)] [TimeDistributed<Body>] [Flatten]",
        ["UnitNormalization"] = "[UnitNormalization]",
        ["UpSampling1D"] = "[Reshape(3, 2)] [UpSampling1D(2)] [Flatten]",
        ["UpSampling2D"] = "[Reshape(1, 3, 2)] [UpSampling2D(2, Interpolation = Interpolation.Bilinear)] [Flatten]",
        ["GRU"] = "[Reshape(3, 2)] [GRU(3, Bidirectional = BidirectionalMerge.Concat)]",
        ["LSTM"] = "[Reshape(3, 2)] [LSTM(2, ReturnSequences = true, RecurrentDropout = 0.3f)] [Flatten]",
        ["Masking"] = "[Reshape(3, 2)] [Masking] [SimpleRNN(2)]",
        ["SimpleRNN"] = "[Reshape(3, 2)] [SimpleRNN(3, Dropout = 0.3f)]",
        ["ZeroPadding2D"] = "[Reshape(1, 3, 2)] [ZeroPadding2D] [Flatten]",
        ["ZeroPadding1D"] = "[Reshape(2, 3)] [ZeroPadding1D(1, 2)] [Flatten]",
    };

    public static IEnumerable<string> Names => s_layers.Keys;

    /// <summary>The attributes of a network with the layer in it.</summary>
    public static string Network(string layer) => $"[Network({Inputs})] [Dense(6)] {s_layers[layer]} [Dense(2)]";
}
