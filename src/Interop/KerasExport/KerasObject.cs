using System.Text.Json.Nodes;
using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasExport;

/// <summary>Objects within a configuration of Keras 3.</summary>
internal static class KerasObject
{
    public static JsonObject Of(string module, string className, JsonObject config, string? registeredName = null) => new()
    {
        ["module"] = module,
        ["class_name"] = className,
        ["config"] = config,
        ["registered_name"] = registeredName,
    };

    /// <summary>As Keras writes names: <c>UseBias</c> is <c>use_bias</c>, <c>L1</c> <c>l1</c>.</summary>
    public static string Snake(string name) =>
        string.Concat(name.Select((letter, index) => char.IsUpper(letter) ? (index > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static JsonArray List(IEnumerable<int> numbers) => [.. numbers.Select(static number => (JsonNode)number)];

    public static JsonObject Initializer(ModelLayer layer, string prefix, Initializer initializer)
    {
        float scale = Number(layer, $"{prefix}InitializerScale");
        float spread = scale == 0 ? 0.05f : scale;
        float factor = scale == 0 ? 1 : scale;
        JsonObject config = initializer switch
        {
            Unroll.Initializer.RandomNormal or Unroll.Initializer.TruncatedNormal => new() { ["mean"] = 0f, ["stddev"] = spread },
            Unroll.Initializer.RandomUniform => new() { ["minval"] = -spread, ["maxval"] = spread },
            Unroll.Initializer.Orthogonal or Unroll.Initializer.Identity => new() { ["gain"] = factor },
            Unroll.Initializer.Constant => new() { ["value"] = Number(layer, $"{prefix}InitializerValue") },
            Unroll.Initializer.VarianceScaling => new()
            {
                ["scale"] = factor,
                ["mode"] = Snake(layer.Argument<FanMode>($"{prefix}InitializerMode").ToString()),
                ["distribution"] = Snake(layer.Argument<InitializerDistribution>($"{prefix}InitializerDistribution").ToString()),
            },
            _ => [],
        };
        return Of("keras.initializers", initializer.ToString(), config);
    }

    /// <summary>Null where there is no penalty.</summary>
    public static JsonObject? Regularizer(ModelLayer layer, string prefix)
    {
        float l1 = Number(layer, prefix + "L1");
        float l2 = Number(layer, prefix + "L2");
        return l1 == 0 && l2 == 0 ? null : Of("keras.regularizers", "L1L2", new JsonObject { ["l1"] = l1, ["l2"] = l2 });
    }

    /// <summary>Null where there is none.</summary>
    public static JsonObject? Constraint(ModelLayer layer, string prefix, Constraint constraint)
    {
        float most = Number(layer, $"{prefix}ConstraintMax");
        JsonObject? config = constraint switch
        {
            Unroll.Constraint.NonNeg => [],
            Unroll.Constraint.UnitNorm => new() { ["axis"] = 0 },
            Unroll.Constraint.MaxNorm => new() { ["max_value"] = most == 0 ? 2f : most, ["axis"] = 0 },
            Unroll.Constraint.MinMaxNorm => new()
            {
                ["min_value"] = Number(layer, $"{prefix}ConstraintMin"),
                ["max_value"] = most == 0 ? 1f : most,
                ["rate"] = Number(layer, $"{prefix}ConstraintRate"),
                ["axis"] = 0,
            },
            _ => null,
        };
        return config is null ? null : Of("keras.constraints", constraint.ToString(), config);
    }

    private static float Number(ModelLayer layer, string property) =>
        layer.Attribute.GetType().GetProperty(property)?.GetValue(layer.Attribute) is float value ? value : 0;
}
