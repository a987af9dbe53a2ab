using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PureHDF;
using Unroll.Interop.KerasFiles;
using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasExport;

/// <summary>Writes a network as a <c>.keras</c> file: a chain of layers as a sequential model, anything else as a functional one.</summary>
internal sealed class KerasModelWriter
{
    private const string Metadata = """{"keras_version": "3.15.1"}""";

    private readonly Model _model;
    private readonly ModelLayers _network;
    private readonly FunctionalGraph _graph;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string ClassName, JsonObject Config)> _layers = new(StringComparer.Ordinal);

    private KerasModelWriter(Model model)
    {
        _model = model;
        _network = ModelLayers.Of(model);
        _graph = new FunctionalGraph(_network);
        NameAll();
        Describe();
    }

    /// <exception cref="ExportException">Keras lacks layers; all of them are named.</exception>
    public static void Write(Model model, Stream stream)
    {
        var writer = new KerasModelWriter(model);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "metadata.json", Encoding.UTF8.GetBytes(Metadata));
        Add(zip, "config.json", Encoding.UTF8.GetBytes(writer.Config().ToJsonString()));
        Add(zip, "model.weights.h5", writer.Weights());
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static IEnumerable<int> OwnLayers(ModelLayers network) => Enumerable.Range(0, network.Layers.Count);

    // Keras takes a slash as the end of a name.
    private void NameAll()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (string owner in _graph.Ordered)
        {
            string given = owner.Replace('/', '_');
            string name = given;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = $"{given}_{number}";
            }

            _names[owner] = name;
        }
    }

    private void Describe()
    {
        var problems = new List<string>();
        foreach (ModelLayer layer in OwnLayers(_network).Select(index => _network.Layers[index]).Where(layer => _names.ContainsKey(layer.Owner)))
        {
            try
            {
                _layers.TryAdd(layer.Owner, KerasLayerConfig.Of(layer, _names[layer.Owner]));
            }
            catch (NotSupportedException exception)
            {
                problems.Add($"{layer.Name} ({layer.Kind}): {exception.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new ExportException("a .keras file", problems);
        }
    }

    private bool IsChain => _network.Inputs.Count == 1 && _network.Outputs.Count == 1
        && OwnLayers(_network).All(index => _network.Layers[index].Inputs.SequenceEqual([index]) && _network.Layers[index].Name == _network.Layers[index].Owner && !IsAttention(_network.Layers[index]))
        && _network.Outputs[0].Position == _network.Layers.Count;

    private JsonObject Config()
    {
        string name = Identifiers.SnakeCase(_model.GetType().Name);
        var layers = new JsonArray([.. _graph.Ordered.Select(Layer)]);
        var config = new JsonObject { ["name"] = name, ["trainable"] = true, ["layers"] = layers };
        if (IsChain)
        {
            return KerasObject.Of("keras", "Sequential", config);
        }

        JsonNode[] inputs = [.. _network.Inputs.Select(input => (JsonNode)new JsonArray(_names[input.Name], 0, 0))];
        config["input_layers"] = new JsonArray(inputs);
        config["output_layers"] = _network.Outputs.Count == 1
            ? new JsonArray(Reference(_network.Outputs[0].Position))
            : new JsonObject(_network.Outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)Reference(output.Position))));
        JsonObject model = KerasObject.Of("keras.src.models.functional", "Functional", config);
        model["registered_name"] = "Functional";
        return model;
    }

    private JsonNode Layer(string owner)
    {
        bool isInput = !_layers.TryGetValue(owner, out (string ClassName, JsonObject Config) layer);
        JsonObject described = isInput ? Input(owner) : KerasObject.Of("keras.layers", layer.ClassName, layer.Config);
        if (!IsChain)
        {
            described["name"] = _names[owner];
            described["inbound_nodes"] = new JsonArray(isInput ? [] : [.. _graph.Calls(owner).Select(call => Node(call, layer.ClassName))]);
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

    private JsonNode Node(int position, string className)
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

    /// <summary>The group of a layer's variables: its own, or that of a layer inside.</summary>
    /// <param name="layer">The layer's group.</param>
    /// <param name="className">Its class.</param>
    /// <param name="part">What parameters have before their own name: <c>forward</c>, <c>query</c>.</param>
    private static H5Group Variables(H5Group layer, string className, string part)
    {
        string[] path = (className, part) switch
        {
            ("Bidirectional", _) => [$"{part}_layer", "cell"],
            ("SimpleRNN" or "GRU" or "LSTM", _) => ["cell"],
            ("MultiHeadAttention", "attention_output") => ["output_dense"],
            ("MultiHeadAttention", _) => [$"{part}_dense"],
            _ => [],
        };
        H5Group group = layer;
        foreach (string name in path.Append("vars"))
        {
            if (!group.TryGetValue(name, out object? found))
            {
                group[name] = found = new H5Group();
                if (name is not "vars")
                {
                    ((H5Group)found)["vars"] = new H5Group();
                }
            }

            group = (H5Group)found;
        }

        return group;
    }

    private byte[] Weights()
    {
        var layers = new H5Group();
        var groups = new GroupNames("");
        foreach (string owner in _graph.Ordered.Where(_layers.ContainsKey))
        {
            string className = _layers[owner].ClassName;
            var layer = new H5Group { ["vars"] = new H5Group() };
            foreach (Parameter parameter in _model.Parameters.Where(parameter => parameter.Name.StartsWith(owner + "/", StringComparison.Ordinal)))
            {
                string[] parts = parameter.Name[(owner.Length + 1)..].Split('/');
                H5Group variables = Variables(layer, className, parts.Length > 1 ? parts[0] : "");
                variables[$"{variables.Count}"] = new H5Dataset(parameter.ToArray(), fileDims: [.. parameter.Shape.Select(static size => (ulong)size)]);
            }

            if (className == "Normalization")
            {
                // How many values it was adapted to, which Keras keeps for files of old.
                Variables(layer, className, "")["2"] = new H5Dataset(0);
            }

            layers[groups.Next(className)["layers/".Length..]] = layer;
        }

        using var stream = new MemoryStream();
        new H5File { ["layers"] = layers, ["vars"] = new H5Group() }.Write(stream);
        return stream.ToArray();
    }
}
