using System.Reflection;
using System.Text.Json.Nodes;
using Unroll.Interop.KerasFiles;
using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasExport;

/// <summary>A layer as Keras describes it: its class and the configuration that its attribute's arguments make.</summary>
internal sealed class KerasLayerConfig
{
    // What the import takes by letters alone.
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal) { ["KeepDims"] = "keepdims", ["StandardDeviation"] = "stddev" };

    private static readonly HashSet<string> s_own = ["Name", "From", "Inputs", "TypeId", "Bidirectional", "InitialState", "Query", "Value", "Key", "Causal"];

    private readonly ModelLayer _layer;
    private readonly JsonObject _config;

    private KerasLayerConfig(ModelLayer layer, string name)
    {
        _layer = layer;
        ClassName = layer.Kind == "Residual" ? "Add" : KerasRules.ClassOf(layer.Attribute.GetType())
            ?? throw new NotSupportedException("the layer has no class in Keras yet");
        _config = Common(layer, name);
    }

    public string ClassName { get; private set; }

    /// <exception cref="NotSupportedException">Keras has no such layer, or none with such arguments.</exception>
    public static (string ClassName, JsonObject Config) Of(ModelLayer layer, string name)
    {
        var config = new KerasLayerConfig(layer, name);
        config.Fill();
        return (config.ClassName, config._config);
    }

    /// <summary>What every layer's configuration begins with.</summary>
    public static JsonObject Common(ModelLayer layer, string name) => new()
    {
        ["name"] = name,
        ["trainable"] = layer.Attribute.Trainable,
        ["dtype"] = KerasObject.Of("keras", "DTypePolicy", new JsonObject { ["name"] = "float32" }),
    };

    private void Fill()
    {
        switch (ClassName)
        {
            case "Add" when _layer.Kind == "Residual":
                break;
            case "ZeroPadding1D" or "Cropping1D":
                _config[Sides] = new JsonArray(_layer.Argument<int>("Left"), _layer.Argument<int>("Right"));
                break;
            case "ZeroPadding2D" or "Cropping2D":
                int[] sides = _layer.PerAxis(ClassName == "ZeroPadding2D" ? "Padding" : "Cropping", 2);
                sides = sides.Length == 4 ? sides : [sides[0], sides[0], sides[1], sides[1]];
                _config[Sides] = new JsonArray(new JsonArray(sides[0], sides[1]), new JsonArray(sides[2], sides[3]));
                break;
            case "Activation" or "ReLU" or "ELU" or "Softmax":
                Activate(_layer.Argument<Activation>("Activation"));
                break;
            case "ThresholdedReLU":
                Threshold(_layer.Argument<float>("Theta"));
                break;
            case "SimpleRNN" or "GRU" or "LSTM" when _layer.Argument<BidirectionalMerge>("Bidirectional") != BidirectionalMerge.None:
                FillByName();
                Wrap();
                break;
            case "MultiHeadAttention":
                FillByName();
                _config["value_dim"] = _layer.Argument<int>("ValueDim") is var size and > 0 ? size : _layer.Argument<int>("KeyDim");
                _config["output_shape"] = _layer.Argument<int>("OutputDim") is var width and > 0 ? new JsonArray(width) : null;
                _config["attention_axes"] = new JsonArray(1);
                break;
            case "PositionEmbedding":
                Positions((PositionEmbeddingAttribute)_layer.Attribute);
                break;
            default:
                FillByName();
                break;
        }

        if (ClassName.StartsWith("SpatialDropout", StringComparison.Ordinal))
        {
            // Its constructor takes this of no one.
            _config.Remove("trainable");
        }

        // Readers would take the machine's own order.
        bool hasOrder = ClassName is "Flatten" or "ZeroPadding1D" or "CenterCrop"
            || (ClassName.EndsWith('D') && char.IsDigit(ClassName[^2]) && ClassName is not ("Cropping1D" or "UpSampling1D" or "SpatialDropout1D" or "SpatialDropout2D"))
            || ClassName.EndsWith("DTranspose", StringComparison.Ordinal)
            || ClassName.StartsWith("Random", StringComparison.Ordinal);
        if (hasOrder)
        {
            _config["data_format"] = "channels_last";
        }
    }

    /// <summary>The layer as two that Keras runs in opposite directions.</summary>
    private void Wrap()
    {
        var inner = new JsonObject();
        foreach ((string key, JsonNode? value) in _config.ToArray())
        {
            inner[key] = value?.DeepClone();
        }

        string name = _config["name"]!.GetValue<string>();
        inner["name"] = $"forward_{name}";
        JsonObject layer = KerasObject.Of("keras.layers", ClassName, inner);
        // The second layer that Keras would make by itself always goes backwards, and in Keras 3.16 is now and then the first one once more.
        JsonObject other = inner.DeepClone().AsObject();
        other["name"] = $"backward_{name}";
        other["go_backwards"] = !_layer.Argument<bool>("GoBackwards");
        JsonObject opposite = KerasObject.Of("keras.layers", ClassName, other);
        foreach (string key in inner.Select(static argument => argument.Key).Where(static key => key is not ("name" or "trainable" or "dtype")))
        {
            _config.Remove(key);
        }

        BidirectionalMerge merge = _layer.Argument<BidirectionalMerge>("Bidirectional");
        _config["merge_mode"] = KerasObject.Snake(merge.ToString());
        _config["layer"] = layer;
        _config["backward_layer"] = opposite;
        ClassName = "Bidirectional";
    }

    private string Sides => ClassName.StartsWith("Zero", StringComparison.Ordinal) ? "padding" : "cropping";

    private void FillByName()
    {
        KerasRule rule = KerasRules.Find(ClassName)!;
        foreach (PropertyInfo property in _layer.Attribute.GetType().GetProperties().Where(static property => !s_own.Contains(property.Name)))
        {
            object? value = property.GetValue(_layer.Attribute);
            if (value is Initializer or Constraint)
            {
                string suffix = value is Initializer ? "Initializer" : "Constraint";
                string prefix = property.Name[..^suffix.Length];
                _config[$"{Key(rule, prefix)}_{KerasObject.Snake(suffix)}"] = value is Initializer initializer
                    ? KerasObject.Initializer(_layer, prefix, initializer)
                    : KerasObject.Constraint(_layer, prefix, (Constraint)value);
            }
            else if (property.Name.EndsWith("L2", StringComparison.Ordinal) && property.Name.Length > 2)
            {
                _config[$"{Key(rule, property.Name[..^2])}_regularizer"] = KerasObject.Regularizer(_layer, property.Name[..^2]);
            }
            else if (!IsPartOfAnother(property.Name))
            {
                _config[Key(rule, property.Name)] = Value(rule, property.Name, value);
            }
        }
    }

    private static bool IsPartOfAnother(string property) => property.Contains("Initializer", StringComparison.Ordinal)
        || property.Contains("Constraint", StringComparison.Ordinal)
        || (property.EndsWith("L1", StringComparison.Ordinal) && property.Length > 2);

    private static string Key(KerasRule rule, string property) =>
        rule.Names.FirstOrDefault(name => name.Value.Equals(property, StringComparison.OrdinalIgnoreCase)).Key
        ?? s_names.GetValueOrDefault(property)
        ?? KerasObject.Snake(property);

    private JsonNode? Value(KerasRule rule, string property, object? value) => value switch
    {
        null => null,
        Activation activation => KerasActivations.Name(_layer.IsLinear ? Activation.Linear : activation),
        Enum member => KerasObject.Snake(member.ToString()),
        bool flag => flag,
        int number => number,
        float number => number,
        int[] numbers when rule.PerAxis.Contains(Key(rule, property)) || property == "OutputPadding" =>
            KerasObject.List(_layer.PerAxis(property, ClassName.Contains("2D", StringComparison.Ordinal) ? 2 : 1)),
        int[] { Length: 1 } numbers when property == "Axes" => numbers[0],
        IEnumerable<int> numbers => KerasObject.List(numbers),
        float[] { Length: 1 } numbers => numbers[0],
        float[] numbers => new JsonArray([.. numbers.Select(static number => (JsonNode)number)]),
        _ => throw new NotSupportedException($"{property} has no argument in Keras"),
    };

    private void Activate(Activation activation)
    {
        switch (activation)
        {
            case Activation.LeakyRelu:
                ClassName = "LeakyReLU";
                _config["negative_slope"] = _layer.Argument<float>("NegativeSlope");
                break;
            case Activation.Elu:
                ClassName = "ELU";
                _config["alpha"] = _layer.Argument<float>("Alpha");
                break;
            case Activation.ThresholdedRelu:
                Threshold(_layer.Argument<float>("Theta"));
                break;
            case Activation.GeluTanh:
                Operate("Gelu", "approximate", true);
                break;
            case Activation.Celu when _layer.Argument<float>("Alpha") is var alpha and not 1:
                Operate("Celu", "alpha", alpha);
                break;
            case Activation.SoftShrink or Activation.HardShrink when _layer.Argument<float>("Lambda") is var lambda and not 0.5f:
                Operate(activation.ToString(), "threshold", lambda);
                break;
            case Activation.Squareplus when _layer.Argument<float>("B") is var b and not 4:
                Operate("Squareplus", "b", b);
                break;
            default:
                ClassName = "Activation";
                _config["activation"] = KerasActivations.Name(activation);
                break;
        }
    }

    /// <summary>As KerasHub has the layer, which has neither penalties nor constraints.</summary>
    private void Positions(PositionEmbeddingAttribute positions)
    {
        if (positions.EmbeddingsL1 != 0 || positions.EmbeddingsL2 != 0 || positions.EmbeddingsConstraint != Constraint.None)
        {
            throw new NotSupportedException("KerasHub's layer has neither penalties nor constraints: leave EmbeddingsL1, EmbeddingsL2 and EmbeddingsConstraint out");
        }

        _config["sequence_length"] = positions.SequenceLength == 0 ? _layer.Shape[0] : positions.SequenceLength;
        _config["hierarchical_alpha"] = 0.4f;
        _config["initializer"] = KerasObject.Initializer(_layer, "Embeddings", positions.EmbeddingsInitializer);
    }

    // An operation has neither type nor whether it is trained.
    private void Operate(string className, string argument, JsonNode value)
    {
        ClassName = className;
        _config.Remove("trainable");
        _config.Remove("dtype");
        _config[argument] = value;
    }

    private void Threshold(float theta)
    {
        ClassName = "ReLU";
        _config["max_value"] = null;
        _config["negative_slope"] = 0f;
        _config["threshold"] = theta;
    }
}
