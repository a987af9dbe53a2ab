using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>The layers of Keras that a network has. One without a line here has no weights, and the arguments of the attribute of its name.</summary>
internal static class KerasRules
{
    private static readonly Dictionary<string, KerasRule> s_rules = WithPlainLayers(new(StringComparer.Ordinal)
    {
        ["Dense"] = new(typeof(DenseAttribute)) { Weights = KernelAndBias, Requires = [KerasRequirement.Absent("lora_rank", "merge the LoRA weights before saving")] },
        ["Reshape"] = new(typeof(ReshapeAttribute)) { Names = Called("target_shape", "shape") },
        ["ZeroPadding1D"] = new(typeof(ZeroPadding1DAttribute)) { Read = static layer => SpecialLayers.Ends(layer, "padding"), ReadArguments = ["padding"] },
        ["Activation"] = new(typeof(ActivateAttribute)),
        ["LeakyReLU"] = new(typeof(LeakyReluAttribute)) { Names = Called("negative_slope", "slope", "alpha") },
        ["ThresholdedReLU"] = new(typeof(ThresholdedReluAttribute)),
        ["PReLU"] = new(typeof(PReluAttribute)) { Weights = static _ => ["alpha"], Names = Called("alpha", "Slope") },
        ["ReLU"] = new(typeof(ActivateAttribute)) { Read = SpecialLayers.Relu, ReadArguments = ["max_value", "negative_slope", "threshold"] },
        ["ELU"] = new(typeof(ActivateAttribute)) { Read = static layer => layer.Attribute.Set("activation", Activation.Elu) },
        ["Softmax"] = new(typeof(ActivateAttribute))
        {
            Read = static layer => layer.Attribute.Set("activation", Activation.Softmax),
            Requires = [KerasRequirement.LastAxis],
        },
        ["BatchNormalization"] = new(typeof(BatchNormalizationAttribute))
        {
            Weights = static config => [.. ScaleAndCenter(config), "moving_mean", "moving_variance"],
            Requires = [KerasRequirement.Off("synchronized"), KerasRequirement.Off("renorm")],
            Read = SpecialLayers.Axes,
            // What the moving statistics start from is gone once they are loaded, and the momentum is that of renorm, which is off.
            ReadArguments = ["axis", "moving_mean_initializer", "moving_variance_initializer", "renorm_momentum"],
        },
        ["LayerNormalization"] = new(typeof(LayerNormalizationAttribute))
        {
            Weights = ScaleAndCenter,
            Requires = [KerasRequirement.Off("rms_scaling")],
            Read = SpecialLayers.Axes,
            ReadArguments = ["axis"],
        },
        ["Normalization"] = new(typeof(NormalizationAttribute))
        {
            Weights = static _ => ["mean", "variance"],
            Requires =
            [
                KerasRequirement.LastAxis,
                KerasRequirement.Off("invert"),
                KerasRequirement.Absent("mean", "adapt the layer to data instead of giving it numbers"),
                KerasRequirement.Absent("variance", "adapt the layer to data instead of giving it numbers"),
            ],
        },
        ["Dropout"] = new(typeof(DropoutAttribute)) { Requires = [NoiseShape] },
        ["AlphaDropout"] = new(typeof(AlphaDropoutAttribute)) { Requires = [NoiseShape] },
        ["Conv1D"] = Convolution(typeof(Conv1DAttribute), KernelAndBias),
        ["Conv2D"] = Convolution(typeof(Conv2DAttribute), KernelAndBias),
        ["Conv1DTranspose"] = Convolution(typeof(Conv1DTransposeAttribute), KernelAndBias),
        ["Conv2DTranspose"] = Convolution(typeof(Conv2DTransposeAttribute), KernelAndBias),
        ["DepthwiseConv1D"] = Convolution(typeof(DepthwiseConv1DAttribute), KernelAndBias),
        ["DepthwiseConv2D"] = Convolution(typeof(DepthwiseConv2DAttribute), KernelAndBias),
        ["SeparableConv1D"] = Convolution(typeof(SeparableConv1DAttribute), SeparableKernels),
        ["SeparableConv2D"] = Convolution(typeof(SeparableConv2DAttribute), SeparableKernels),
        ["MaxPooling1D"] = new(typeof(MaxPooling1DAttribute)) { PerAxis = ["pool_size", "strides"] },
        ["MaxPooling2D"] = new(typeof(MaxPooling2DAttribute)) { PerAxis = ["pool_size", "strides"] },
        ["AveragePooling1D"] = new(typeof(AveragePooling1DAttribute)) { PerAxis = ["pool_size", "strides"] },
        ["AveragePooling2D"] = new(typeof(AveragePooling2DAttribute)) { PerAxis = ["pool_size", "strides"] },
        ["UpSampling2D"] = new(typeof(UpSampling2DAttribute)) { PerAxis = ["size"] },
        ["ZeroPadding2D"] = new(typeof(ZeroPadding2DAttribute)) { Read = static layer => SpecialLayers.Sides(layer, "padding"), ReadArguments = ["padding"] },
        ["Cropping1D"] = new(typeof(Cropping1DAttribute)) { Read = static layer => SpecialLayers.Ends(layer, "cropping"), ReadArguments = ["cropping"] },
        ["Cropping2D"] = new(typeof(Cropping2DAttribute)) { Read = static layer => SpecialLayers.Sides(layer, "cropping"), ReadArguments = ["cropping"] },
        ["SpatialDropout1D"] = new(typeof(SpatialDropout1DAttribute)) { Requires = [NoiseShape] },
        ["SpatialDropout2D"] = new(typeof(SpatialDropout2DAttribute)) { Requires = [NoiseShape] },
        ["RandomTranslation"] = Motion(typeof(RandomTranslationAttribute), "height_factor", "width_factor"),
        ["RandomRotation"] = Motion(typeof(RandomRotationAttribute), "factor"),
        ["RandomZoom"] = Motion(typeof(RandomZoomAttribute), "height_factor", "width_factor"),
        ["GroupNormalization"] = new(typeof(GroupNormalizationAttribute)) { Weights = ScaleAndCenter },
        ["RMSNormalization"] = new(typeof(RMSNormalizationAttribute)) { Weights = static _ => ["scale"] },
        ["Embedding"] = new(typeof(EmbeddingAttribute))
        {
            Weights = static _ => ["embeddings"],
            Requires = [KerasRequirement.Absent("lora_rank", "merge the LoRA weights before saving")],
        },
        ["PositionEmbedding"] = new(typeof(PositionEmbeddingAttribute))
        {
            Weights = static _ => ["embeddings"],
            // What a table starts from is gone once it is loaded, and steps beyond the sequence length are refused.
            ReadArguments = ["initializer", "hierarchical_alpha"],
        },
        ["MultiHeadAttention"] = new(typeof(MultiHeadAttentionAttribute))
        {
            Weights = static config => new[] { "query", "key", "value", "attention_output" }.SelectMany(part =>
                Is(config, "use_bias") ? new[] { $"{part}/kernel", $"{part}/bias" } : [$"{part}/kernel"]),
            Names = new Dictionary<string, string>(StringComparer.Ordinal) { ["num_heads"] = "heads", ["output_shape"] = "OutputDim" },
            PerAxis = ["output_shape"],
            Requires = [
                new KerasRequirement("attention_axes", static (value, _) => value.GetRawText() is "[1]" or "1", "steps attend to steps", "leave attention_axes out"),
                KerasRequirement.Off("flash_attention"),
                KerasRequirement.Off("use_gate"),
            ],
        },
        ["SimpleRNN"] = Recurrent(typeof(SimpleRNNAttribute)),
        ["GRU"] = Recurrent(typeof(GRUAttribute)),
        ["LSTM"] = Recurrent(typeof(LSTMAttribute)),
    });

    /// <summary>The classes of Keras that are read.</summary>
    public static IReadOnlyCollection<string> Known => s_rules.Keys;

    private static KerasRequirement NoiseShape => KerasRequirement.Absent("noise_shape", "leave noise_shape out: every value is dropped by itself");

    public static KerasRule? Find(string className) => s_rules.GetValueOrDefault(className);

    /// <summary>The class of Keras that a layer's attribute comes from; where several do, the one that has its name.</summary>
    public static string? ClassOf(Type attribute) => s_rules
        .Where(rule => rule.Value.Attribute == attribute)
        .OrderByDescending(rule => attribute.Name.StartsWith(rule.Key, StringComparison.OrdinalIgnoreCase))
        .Select(static rule => rule.Key)
        .FirstOrDefault();

    private static Dictionary<string, KerasRule> WithPlainLayers(Dictionary<string, KerasRule> rules)
    {
        foreach (Type attribute in typeof(LayerAttribute).Assembly.GetExportedTypes().Where(static type =>
            type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract && !type.IsGenericType))
        {
            if (rules.Values.All(rule => rule.Attribute != attribute))
            {
                rules.Add(attribute.Name[..^nameof(Attribute).Length], new KerasRule(attribute));
            }
        }

        return rules;
    }

    private static KerasRule Recurrent(Type attribute) => new(attribute)
    {
        Weights = static config => config.Optional("bidirectional") is { ValueKind: JsonValueKind.String }
            ? [.. CellOf(config).Select(static weight => "forward/" + weight), .. CellOf(config).Select(static weight => "backward/" + weight)]
            : CellOf(config),
        Requires =
        [
            KerasRequirement.Off("stateful"),
            KerasRequirement.Off("time_major"),
        ],
        // How Keras computes it, not what; and which states are given is seen from who reads them.
        ReadArguments = ["implementation", "unroll", "use_cudnn", "return_state"],
    };

    private static IEnumerable<string> CellOf(JsonElement config) =>
        Is(config, "use_bias") ? ["kernel", "recurrent_kernel", "bias"] : ["kernel", "recurrent_kernel"];

    private static KerasRule Convolution(Type attribute, Func<JsonElement, IEnumerable<string>> weights) => new(attribute)
    {
        Weights = weights,
        Names = Called("dilation_rate", "Dilation"),
        PerAxis = ["kernel_size", "strides", "dilation_rate"],
        // Every kernel has the rank of its class.
        ReadArguments = ["rank"],
    };

    private static KerasRule Motion(Type attribute, params string[] factors) => new(attribute)
    {
        Read = layer => SpecialLayers.Factors(layer, factors),
        ReadArguments = factors,
    };

    private static IEnumerable<string> SeparableKernels(JsonElement config) =>
        Is(config, "use_bias") ? ["depthwise_kernel", "pointwise_kernel", "bias"] : ["depthwise_kernel", "pointwise_kernel"];

    private static IEnumerable<string> KernelAndBias(JsonElement config) => Is(config, "use_bias") ? ["kernel", "bias"] : ["kernel"];

    private static IEnumerable<string> ScaleAndCenter(JsonElement config)
    {
        if (Is(config, "scale"))
        {
            yield return "gamma";
        }

        if (Is(config, "center"))
        {
            yield return "beta";
        }
    }

    private static bool Is(JsonElement config, string flag) => config.Optional(flag) is not { ValueKind: JsonValueKind.False };

    /// <param name="name">The argument in the file.</param>
    /// <param name="attribute">In the attribute.</param>
    /// <param name="before">What Keras 2 called it.</param>
    private static Dictionary<string, string> Called(string name, string attribute, string? before = null) =>
        new(StringComparer.Ordinal) { [name] = attribute, [before ?? name] = attribute };
}
