using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>The layers of Keras that a network has. A new one adds its line.</summary>
internal static class KerasRules
{
    private static readonly Dictionary<string, KerasRule> s_rules = new(StringComparer.Ordinal)
    {
        ["Dense"] = new(typeof(DenseAttribute)) { Weights = KernelAndBias, Requires = [KerasRequirement.Absent("lora_rank", "merge the LoRA weights before saving")] },
        ["Flatten"] = new(typeof(FlattenAttribute)),
        ["Reshape"] = new(typeof(ReshapeAttribute)) { Names = Called("target_shape", "shape") },
        ["Permute"] = new(typeof(PermuteAttribute)),
        ["RepeatVector"] = new(typeof(RepeatVectorAttribute)),
        ["ZeroPadding1D"] = new(typeof(ZeroPadding1DAttribute)) { Read = SpecialLayers.ZeroPadding1D, ReadArguments = ["padding"] },
        ["Activation"] = new(typeof(ActivateAttribute)),
        ["LeakyReLU"] = new(typeof(LeakyReluAttribute)) { Names = Called("negative_slope", "slope") },
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
            Requires = [KerasRequirement.LastAxis, KerasRequirement.Off("synchronized"), KerasRequirement.Off("renorm")],
            // What the moving statistics start from is gone once they are loaded.
            ReadArguments = ["moving_mean_initializer", "moving_variance_initializer"],
        },
        ["LayerNormalization"] = new(typeof(LayerNormalizationAttribute))
        {
            Weights = ScaleAndCenter,
            Requires = [KerasRequirement.LastAxis, KerasRequirement.Off("rms_scaling")],
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
        ["Rescaling"] = new(typeof(RescalingAttribute)),
        ["Dropout"] = new(typeof(DropoutAttribute)) { Requires = [NoiseShape] },
        ["AlphaDropout"] = new(typeof(AlphaDropoutAttribute)) { Requires = [NoiseShape] },
        ["GaussianDropout"] = new(typeof(GaussianDropoutAttribute)),
        ["GaussianNoise"] = new(typeof(GaussianNoiseAttribute)),
        ["ActivityRegularization"] = new(typeof(ActivityRegularizationAttribute)),
        ["Add"] = new(typeof(AddAttribute)),
        ["Subtract"] = new(typeof(SubtractAttribute)),
        ["Multiply"] = new(typeof(MultiplyAttribute)),
        ["Average"] = new(typeof(AverageAttribute)),
        ["Maximum"] = new(typeof(MaximumAttribute)),
        ["Minimum"] = new(typeof(MinimumAttribute)),
        ["Concatenate"] = new(typeof(ConcatenateAttribute)),
        ["Dot"] = new(typeof(DotAttribute)),
    };

    /// <summary>The classes of Keras that are read.</summary>
    public static IReadOnlyCollection<string> Known => s_rules.Keys;

    private static KerasRequirement NoiseShape => KerasRequirement.Absent("noise_shape", "leave noise_shape out: every value is dropped by itself");

    public static KerasRule? Find(string className) => s_rules.GetValueOrDefault(className);

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

    private static Dictionary<string, string> Called(string name, string attribute) => new(StringComparer.Ordinal) { [name] = attribute };
}
