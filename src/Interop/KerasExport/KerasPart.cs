using System.Text.Json.Nodes;
using PureHDF;
using Unroll.Interop.KerasFiles;
using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasExport;

/// <summary>A model, or one that is applied to each step within another: a chain of layers as a sequential model, anything else as a functional one.</summary>
internal sealed class KerasPart
{
    private readonly ModelBase _model;
    private readonly LayerGraph _network;
    private readonly FunctionalGraph _graph;
    private readonly string _name;
    private readonly string _prefix;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string ClassName, JsonObject Config)> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KerasPart> _parts = new(StringComparer.Ordinal);

    /// <param name="model">Whose parameters it has.</param>
    /// <param name="network">Its layers.</param>
    /// <param name="name">Its name.</param>
    /// <param name="prefix">What names of its layers begin with, which is left out.</param>
    /// <param name="problems">Receives what Keras lacks.</param>
    public KerasPart(ModelBase model, LayerGraph network, string name, string prefix, ICollection<string> problems)
    {
        (_model, _network, _name, _prefix) = (model, network, name, prefix);
        _graph = new FunctionalGraph(_network);
        NameAll();
        Describe(problems);
    }

    private bool IsChain => _network.Inputs.Count == 1 && _network.Outputs.Count == 1
        && _network.Layers.Select(static (layer, index) => layer.Inputs.SequenceEqual([index]) && layer.Name == layer.Owner && !IsAttention(layer)).All(static follows => follows)
        && _layers.Values.All(static layer => !KerasOperations.Is(layer.ClassName))
        && _network.Outputs[0].Position == _network.Layers.Count;

    /// <summary>As it stands within a configuration.</summary>
    public JsonObject Config()
    {
        var layers = new JsonArray([.. _graph.Ordered.Select(Layer)]);
        var config = new JsonObject { ["name"] = _name, ["trainable"] = true, ["layers"] = layers };
        if (IsChain)
        {
            return KerasObject.Of("keras", "Sequential", config);
        }

        // A list of one would make a model that gives a list.
        JsonArray[] inputs = [.. _network.Inputs.Select(input => new JsonArray(_names[input.Name], 0, 0))];
        config["input_layers"] = inputs.Length == 1 ? inputs[0] : new JsonArray(inputs);
        config["output_layers"] = _network.Outputs.Count == 1
            ? Reference(_network.Outputs[0].Position)
            : new JsonObject(_network.Outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)Reference(output.Position))));
        return KerasObject.Of("keras.src.models.functional", "Functional", config, "Functional");
    }

    /// <summary>The groups of the layers' variables.</summary>
    public H5Group Weights()
    {
        var layers = new H5Group();
        var groups = new GroupNames("");
        foreach (string owner in _graph.Ordered.Where(owner => _layers.TryGetValue(owner, out (string ClassName, JsonObject Config) layer) && !KerasOperations.Is(layer.ClassName)))
        {
            layers[groups.Next(_layers[owner].ClassName)["layers/".Length..]] = Variables(owner);
        }

        return layers;
    }

    private H5Group Variables(string owner)
    {
        string className = _layers[owner].ClassName;
        var layer = new H5Group { ["vars"] = new H5Group() };
        if (_parts.TryGetValue(owner, out KerasPart? part))
        {
            layer["layer"] = part.IsOneLayer ? part.Variables(part._network.Layers[0].Owner) : new H5Group { ["vars"] = new H5Group(), ["layers"] = part.Weights() };
            return layer;
        }

        // A sum has none: what has its name is of the block that ends in it.
        foreach (Parameter parameter in _model.Parameters.Where(parameter => className != "Add" && parameter.Name.StartsWith(owner + "/", StringComparison.Ordinal)))
        {
            string[] parts = parameter.Name[(owner.Length + 1)..].Split('/');
            H5Group variables = KerasVariables.Group(layer, className, parts.Length > 1 ? parts[0] : "");
            variables[$"{variables.Count}"] = new H5Dataset(parameter.ToArray(), fileDims: [.. parameter.Shape.Select(static size => (ulong)size)]);
        }

        if (className == "Normalization")
        {
            // How many values it was adapted to, which Keras keeps for files of old.
            KerasVariables.Group(layer, className, "")["2"] = new H5Dataset(0);
        }

        return layer;
    }

    /// <summary>Whether it is a layer that needs no model around it.</summary>
    private bool IsOneLayer => IsChain && _network.Layers.Count == 1;

    // Keras takes a slash as the end of a name.
    private void NameAll()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (string owner in _graph.Ordered)
        {
            string given = (owner.StartsWith(_prefix, StringComparison.Ordinal) ? owner[_prefix.Length..] : owner).Replace('/', '_');
            string name = given;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = $"{given}_{number}";
            }

            _names[owner] = name;
        }
    }

    private void Describe(ICollection<string> problems)
    {
        foreach (ModelLayer layer in _network.Layers.Where(layer => _names.ContainsKey(layer.Owner) && !_layers.ContainsKey(layer.Owner)))
        {
            try
            {
                string name = _names[layer.Owner];
                if (layer.Inside is LayerGraph inside)
                {
                    var part = new KerasPart(_model, inside, $"{name}_step", layer.Owner + "/", problems);
                    _parts.Add(layer.Owner, part);
                    JsonObject config = KerasLayerConfig.Common(layer, name);
                    config["layer"] = part.IsOneLayer ? part.Layer(inside.Layers[0].Owner) : part.Config();
                    _layers.Add(layer.Owner, (Wrappers.TimeDistributed, config));
                }
                else
                {
                    _layers.Add(layer.Owner, KerasLayerConfig.Of(layer, name));
                }
            }
            catch (NotSupportedException exception)
            {
                problems.Add($"{layer.Name} ({layer.Kind}): {exception.Message}");
            }
        }
    }

    private JsonObject Layer(string owner)
    {
        bool isInput = !_layers.TryGetValue(owner, out (string ClassName, JsonObject Config) layer);
        JsonObject described = isInput ? Input(owner)
            : KerasOperations.Is(layer.ClassName) ? KerasObject.Of(KerasOperations.Module, layer.ClassName, layer.Config, layer.ClassName)
            : layer.ClassName == "PositionEmbedding" ? KerasObject.Of("keras_hub.src.layers.modeling.position_embedding", layer.ClassName, layer.Config, $"keras_hub>{layer.ClassName}")
            : KerasObject.Of("keras.layers", layer.ClassName, layer.Config);
        if (!IsChain)
        {
            described["name"] = _names[owner];
            described["inbound_nodes"] = new JsonArray(isInput ? [] : [.. _graph.Calls(owner).Select(Node)]);
        }

        return described;
    }

    private JsonObject Input(string name)
    {
        int[] shape = _network.Inputs.First(input => input.Name == name).Shape;
        return KerasObject.Of("keras.layers", "InputLayer", new JsonObject
        {
            ["batch_shape"] = new JsonArray([null, .. shape.Select(static size => (JsonNode)size)]),
            ["dtype"] = "float32",
            ["sparse"] = false,
            ["ragged"] = false,
            ["name"] = _names[name],
        });
    }

    private JsonNode Node(int position)
    {
        ModelLayer layer = _network.Layers[position - _network.Inputs.Count];
        if (IsAttention(layer))
        {
            // Query and value, and the key where it is another.
            int[] read = layer.Inputs.Count == 1 ? [layer.Inputs[0], layer.Inputs[0]] : [.. layer.Inputs];
            var named = new JsonObject();
            if (layer.Argument<bool>("Causal"))
            {
                named["use_causal_mask"] = true;
            }

            return new JsonObject { ["args"] = new JsonArray([.. read.Select(Tensor)]), ["kwargs"] = named };
        }

        JsonNode[] tensors = [.. layer.Inputs.Select(Tensor)];
        if (layer.Attribute is RecurrentAttribute && tensors.Length > 1)
        {
            return new JsonObject { ["args"] = new JsonArray(tensors[0]), ["kwargs"] = new JsonObject { ["initial_state"] = tensors.Length == 2 ? tensors[1] : new JsonArray(tensors[1..]) } };
        }

        bool takesList = layer.Kind == "Residual" || layer.Attribute.GetType().GetProperty("Inputs") is not null;
        return new JsonObject { ["args"] = new JsonArray(takesList ? new JsonArray(tensors) : tensors[0]), ["kwargs"] = new JsonObject() };
    }

    private JsonNode Tensor(int position)
    {
        int[] shape = position < _network.Inputs.Count ? _network.Inputs[position].Shape : _network.Layers[position - _network.Inputs.Count].Shape;
        return new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject
            {
                ["shape"] = new JsonArray([null, .. shape.Select(static size => (JsonNode)size)]),
                ["dtype"] = "float32",
                ["keras_history"] = Reference(position),
            },
        };
    }

    /// <summary>[layer, call, 0]</summary>
    private JsonArray Reference(int position)
    {
        string owner = _graph.NameOf(position);
        return new JsonArray(_names[owner], _graph.Calls(owner).ToList().IndexOf(position), 0);
    }

    private static bool IsAttention(ModelLayer layer) => layer.Kind == "MultiHeadAttention";
}
