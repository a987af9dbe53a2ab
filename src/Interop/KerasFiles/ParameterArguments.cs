using System.Globalization;
using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>What a layer says about one of its parameters: initializer, penalties, constraint.</summary>
internal static class ParameterArguments
{
    /// <summary>False where the argument is about something else.</summary>
    public static bool Read(LayerReading layer, string name, JsonElement value, IReadOnlyDictionary<string, string> names)
    {
        int split = name.LastIndexOf('_');
        if (split < 0)
        {
            return false;
        }

        string parameter = name[..split];
        string prefix = names.GetValueOrDefault(parameter)
            ?? string.Concat(parameter.Split('_').Select(static word => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word)));
        Action<Part>? read = name[(split + 1)..] switch
        {
            "initializer" => Initializer,
            "regularizer" => Regularizer,
            "constraint" => Constraint,
            _ => null,
        };
        read?.Invoke(new Part(layer, name, prefix, value));
        return read is not null;
    }

    private static void Initializer(Part part)
    {
        string kind = part.ClassName == "IdentityInitializer" ? "Identity" : part.ClassName;
        float? scale = kind switch
        {
            "RandomNormal" or "TruncatedNormal" when part.Number("mean") is null or 0 => part.Number("stddev") ?? 0.05f,
            "RandomUniform" when part.Number("minval") is float least && part.Number("maxval") is float most && least == -most => most,
            "Orthogonal" or "Identity" => part.Number("gain") ?? 1f,
            "VarianceScaling" => part.Number("scale") ?? 1f,
            _ => null,
        };
        bool needsScale = kind is "RandomNormal" or "TruncatedNormal" or "RandomUniform";
        if (JsonValues.Member(kind, typeof(Initializer)) is not Initializer initializer || (needsScale && scale is null) || !part.Has("Initializer"))
        {
            part.Layer.Note($"{part.Argument} {Json.Short(part.Value)} is not kept: a new network begins from the default, a loaded one from the weights");
            return;
        }

        part.Set("Initializer", initializer);
        float usual = needsScale ? 0.05f : 1f;
        if (scale is float given && given != usual)
        {
            part.Set("InitializerScale", given);
        }

        if (kind == "Constant")
        {
            part.Set("InitializerValue", part.Number("value") ?? 0f);
        }

        if (kind == "VarianceScaling")
        {
            part.SetMember("InitializerMode", "mode", typeof(FanMode));
            part.SetMember("InitializerDistribution", "distribution", typeof(InitializerDistribution));
        }
    }

    private static void Regularizer(Part part)
    {
        if (part.ClassName is not ("L1" or "L2" or "L1L2") || !part.Has("L2"))
        {
            part.Layer.Refuse(part.Argument, $"penalties are L1 and L2, and the file says {Json.Short(part.Value)}", "save the model with regularizers.L1L2 or none");
            return;
        }

        part.Set("L1", part.Number("l1") ?? 0f);
        part.Set("L2", part.Number("l2") ?? 0f);
    }

    private static void Constraint(Part part)
    {
        if (JsonValues.Member(part.ClassName, typeof(Constraint)) is not Constraint constraint || !part.Has("Constraint") || part.Number("axis") is not (null or 0f))
        {
            part.Layer.Refuse(
                part.Argument,
                $"constraints are NonNeg, MaxNorm, MinMaxNorm and UnitNorm with axis=0, and the file says {Json.Short(part.Value)}",
                "save the model with one of these or none");
            return;
        }

        part.Set("Constraint", constraint);
        if (constraint is Unroll.Constraint.MaxNorm or Unroll.Constraint.MinMaxNorm)
        {
            bool isMax = constraint == Unroll.Constraint.MaxNorm;
            float most = part.Number("max_value") ?? (isMax ? 2f : 1f);
            if (most != (isMax ? 2f : 1f))
            {
                part.Set("ConstraintMax", most);
            }
        }

        if (constraint == Unroll.Constraint.MinMaxNorm)
        {
            part.Set("ConstraintMin", part.Number("min_value") ?? 0f);
            part.Set("ConstraintRate", part.Number("rate") ?? 1f);
        }
    }

    /// <param name="Layer">Whose it is.</param>
    /// <param name="Argument">In the file.</param>
    /// <param name="Prefix">What the attribute's properties begin with: <c>Kernel</c>.</param>
    /// <param name="Value">The serialized object.</param>
    private sealed record Part(LayerReading Layer, string Argument, string Prefix, JsonElement Value)
    {
        public string ClassName => Value.Optional("class_name") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "";

        public bool Has(string suffix) => Layer.Attribute.TypesOf(Prefix + suffix).Any();

        public void Set(string suffix, object value) => Layer.Attribute.Set(Prefix + suffix, value);

        public float? Number(string name) =>
            Value.Optional("config")?.Optional(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value) ? (float)value : null;

        public void SetMember(string suffix, string name, Type type)
        {
            if (Value.Optional("config")?.Optional(name) is { ValueKind: JsonValueKind.String } text && JsonValues.Member(text.GetString()!, type) is object member)
            {
                Set(suffix, member);
            }
        }
    }
}
