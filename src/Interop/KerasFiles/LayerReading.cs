using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>One layer on its way to an attribute: every argument is taken, refused, or known to mean nothing here.</summary>
internal sealed class LayerReading
{
    // Where a layer comes from, how it is seeded and what Keras puts into every configuration: no network differs by them.
    private static readonly HashSet<string> s_meaningless = new(StringComparer.Ordinal)
    {
        "name", "seed", "autocast", "batch_shape", "batch_input_shape", "input_shape", "quantization_config",
    };

    private readonly KerasLayer _layer;
    private readonly KerasRule _rule;
    private readonly ImportReport _report;

    private LayerReading(KerasLayer layer, KerasRule rule, ImportReport report)
    {
        _layer = layer;
        _rule = rule;
        _report = report;
        Attribute = new AttributeText(rule.Attribute);
    }

    public AttributeText Attribute { get; }

    public JsonElement Config => _layer.Config;

    /// <summary>Axes of the input with the batch axis; 0 where the file does not say.</summary>
    public int InputRank => _layer.InputRank;

    /// <summary>Null where the layer cannot be represented, which is reported.</summary>
    public static LayerReading? Read(KerasLayer layer, ImportReport report)
    {
        if (KerasRules.Find(layer.ClassName) is not KerasRule rule)
        {
            // The empty name is that of a class of the user's own, which is reported already.
            if (layer.ClassName.Length > 0)
            {
                report.Problems.Add(new ImportProblem(
                    layer.Path, layer.ClassName, null, "there is no such layer in Unroll yet", $"replace it by one of {string.Join(", ", KerasRules.Known)}"));
            }

            return null;
        }

        var reading = new LayerReading(layer, rule, report);
        reading.ReadAll();
        return reading;
    }

    public void Refuse(string? argument, string why, string instead) =>
        _report.Problems.Add(new ImportProblem(_layer.Path, _layer.ClassName, argument, why, instead));

    public void Note(string text) => _report.Notes.Add($"{_layer.Path}: {text}");

    /// <summary>A number that may be left out.</summary>
    public double? Number(string argument) => Config.Optional(argument) is not JsonElement value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number
        : throw new InvalidDataException($"config.json, {_layer.Path}: '{argument}' should be a number and is {Json.Short(value)}.");

    private void ReadAll()
    {
        _rule.Read?.Invoke(this);
        foreach (JsonProperty argument in Config.EnumerateObject())
        {
            if (!s_meaningless.Contains(argument.Name) && !_rule.ReadArguments.Contains(argument.Name) && argument.Value.ValueKind != JsonValueKind.Null)
            {
                Read(argument.Name, argument.Value);
            }
        }

        UnreadArguments.Drop(Attribute);
        foreach (string missing in Attribute.Missing())
        {
            Refuse(missing, "the argument is missing in the file, or what came for it is refused above", "save the model again");
        }
    }

    private void Read(string name, JsonElement value)
    {
        if (name == "trainable")
        {
            // Of layers without parameters it says nothing.
            if (value.ValueKind == JsonValueKind.False && _rule.Weights(Config).Any())
            {
                Attribute.Set(nameof(LayerAttribute.Trainable), false);
            }
        }
        else if (name == "dtype")
        {
            ReadDataType(value);
        }
        else if (name == "data_format")
        {
            if (value.ValueKind != JsonValueKind.String || value.GetString() != "channels_last")
            {
                Refuse(name, $"channels come last, and the file says {Json.Short(value)}", "save the model with data_format=\"channels_last\"");
            }
        }
        else if (name == "activity_regularizer")
        {
            Refuse(name, "it stands in a layer of its own", "add an ActivityRegularization layer after it and save again");
        }
        else if (_rule.Requires.FirstOrDefault(requirement => requirement.Argument == name) is KerasRequirement requirement)
        {
            if (!requirement.Holds(value, _layer))
            {
                Refuse(name, $"{requirement.Why}, and the file says {Json.Short(value)}", requirement.Instead);
            }
        }
        else if (!ParameterArguments.Read(this, name, value, _rule.Names))
        {
            ReadByName(name, value);
        }
    }

    private void ReadByName(string name, JsonElement value)
    {
        string member = _rule.Names.GetValueOrDefault(name) ?? name.Replace("_", "", StringComparison.Ordinal);
        Type[] types = [.. Attribute.TypesOf(member)];
        if (_rule.PerAxis.Contains(name) && JsonValues.Convert(value, typeof(int[])) is int[] numbers && numbers.Distinct().Count() == 1)
        {
            value = value.ValueKind == JsonValueKind.Array ? value[0] : value;
        }

        if (types.Length == 0)
        {
            Refuse(name, $"there is no such argument, and the file says {Json.Short(value)}", $"save the model without {name}");
        }
        else if (types.Select(type => JsonValues.Convert(value, type)).FirstOrDefault(static converted => converted is not null) is object found)
        {
            Attribute.Set(member, found);
        }
        else
        {
            string expected = string.Join(" or ", types.Select(static type => type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : type.Name));
            Refuse(name, $"expected is {expected}, and the file says {Json.Short(value)}", "use one of these and save again");
        }
    }

    private void ReadDataType(JsonElement value)
    {
        JsonElement? name = value.ValueKind == JsonValueKind.String ? value : value.Optional("config")?.Optional("name");
        if (name is not { ValueKind: JsonValueKind.String } text || text.GetString() != "float32")
        {
            Refuse("dtype", $"networks compute in float32, and the file says {Json.Short(name ?? value)}", "load it with dtype=\"float32\" and save again");
        }
    }
}
