using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>From a model's configuration to its layers, calls, inputs and outputs.</summary>
internal sealed class KerasModelReader(KerasDialect dialect, ICollection<ImportProblem> problems)
{
    /// <param name="root">The object with <c>class_name</c> and <c>config</c>.</param>
    public KerasModel? Read(JsonElement root)
    {
        string className = root.Text("class_name", "the model");
        JsonElement config = Config(root, "the model");
        string name = config.ValueKind == JsonValueKind.Object ? config.Text("name", "the model") : "sequential";
        if (IsModel(className))
        {
            return Read(className, config, name, prefix: "", weights: "");
        }

        problems.Add(new ImportProblem(
            name, className, null, "only Sequential and Functional models describe themselves", "rebuild it with keras.Model(inputs, outputs) and save that"));
        return null;
    }

    private static bool IsModel(string className) => className is "Sequential" or "Functional" or "Model";

    private KerasModel Read(string className, JsonElement config, string name, string prefix, string weights)
    {
        var groups = new GroupNames(weights);
        JsonElement list = config.ValueKind == JsonValueKind.Array ? config : config.Member("layers", JsonValueKind.Array, name);
        JsonElement[] layers = [.. list.EnumerateArray()];
        return className == "Sequential" ? ReadSequential(config, layers, name, prefix, groups) : ReadFunctional(config, layers, name, prefix, groups);
    }

    private KerasModel ReadSequential(JsonElement config, JsonElement[] layers, string name, string prefix, GroupNames groups)
    {
        KerasInput? input = null;
        var calls = new List<KerasCall>();
        KerasValue last = default;
        foreach (JsonElement element in layers)
        {
            KerasLayer layer = ReadLayer(element, prefix, groups.Next);
            if (layer.ClassName == "InputLayer")
            {
                input = Input(layer);
                last = new KerasValue(layer.Name, 0);
                continue;
            }

            if (input is null)
            {
                JsonElement? shape = layer.Config.Optional("batch_input_shape") ?? config.Optional("build_input_shape");
                input = new KerasInput("input", Shape(shape, name, "Sequential"));
                last = new KerasValue(input.Layer, 0);
            }

            calls.Add(new KerasCall(layer, 0, [last]));
            last = new KerasValue(layer.Name, 0);
        }

        return input is null || calls.Count == 0
            ? throw new InvalidDataException($"config.json, {name}: the model has no layers.")
            : new KerasModel(name, [input], calls, [new KerasOutput(last.Layer, last)]);
    }

    private KerasModel ReadFunctional(JsonElement config, JsonElement[] elements, string name, string prefix, GroupNames groups)
    {
        var inputs = new Dictionary<string, KerasInput>(StringComparer.Ordinal);
        var calls = new List<KerasCall>();
        foreach (JsonElement element in elements)
        {
            KerasLayer layer = ReadLayer(element, prefix, groups.Next);
            if (layer.ClassName == "InputLayer")
            {
                inputs[layer.Name] = Input(layer);
                continue;
            }

            JsonElement[] nodes = [.. element.Member("inbound_nodes", JsonValueKind.Array, layer.Path).EnumerateArray()];
            var arguments = new CallArguments(layer, problems);
            calls.AddRange(nodes.Select((node, index) => new KerasCall(layer, index, arguments.Read(node)) { IsCausal = arguments.IsCausal, States = arguments.States, Steps = arguments.Steps }));
        }

        KerasOutput[] ins = EndReader.Read(config.Member("input_layers", config.Optional("input_layers")?.ValueKind ?? JsonValueKind.Array, name), name);
        KerasOutput[] outs = EndReader.Read(config.Member("output_layers", config.Optional("output_layers")?.ValueKind ?? JsonValueKind.Array, name), name);
        IReadOnlyList<KerasInput> ordered = [.. ins.Select(end => inputs.TryGetValue(end.Value.Layer, out KerasInput? input)
            ? input
            : throw new InvalidDataException($"config.json, {name}: the input '{end.Value.Layer}' is no InputLayer of the model."))];
        (calls, outs) = new ReturnedStates(problems).Resolve(calls, outs);
        return new KerasModel(name, ordered, CallOrder.Sort(calls, ordered, outs, name), outs);
    }

    /// <param name="element">The layer with its class and arguments.</param>
    /// <param name="prefix">The names of the models around it, each with a slash.</param>
    /// <param name="groups">The group of a class's next layer in the weights file.</param>
    private KerasLayer ReadLayer(JsonElement element, string prefix, Func<string, string> groups)
    {
        string className = element.Text("class_name", prefix + "a layer");
        JsonElement config = Config(element, prefix + className);
        string name = config.ValueKind == JsonValueKind.Object ? config.Text("name", prefix + className) : element.Text("name", prefix + className);
        string path = prefix + name;
        bool isNamed = dialect == KerasDialect.Keras3;
        string module = element.Optional("module") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        // A table for positions is of KerasHub.
        bool isPositions = className == "PositionEmbedding" && (module.StartsWith("keras_hub.", StringComparison.Ordinal) || module.StartsWith("keras_nlp.", StringComparison.Ordinal));
        bool isOwn = isNamed && !isPositions && element.Optional("registered_name") is JsonElement registered
            && registered.ValueKind == JsonValueKind.String && !IsModel(registered.GetString()!);
        if (isNamed && Operations.Read(module, className, config) is { } operation)
        {
            return new KerasLayer(name, path, operation.ClassName, operation.Config, 0, "", null);
        }

        string group = groups(className);
        if (isOwn || isNamed && !isPositions && !(module is "keras" or "keras.layers" || module.StartsWith("keras.src.models", StringComparison.Ordinal)))
        {
            problems.Add(new ImportProblem(
                path, className, null, $"it is not a layer of keras.layers (module '{module}')", "build the model from Keras's own layers and save it again"));
            return new KerasLayer(name, path, "", config, 0, group, null);
        }

        KerasModel? inner = IsModel(className) ? Read(className, config, name, path + "/", group + "/") : null;
        int rank = element.Optional("build_config")?.Optional("input_shape") is { ValueKind: JsonValueKind.Array } shape ? shape.GetArrayLength() : 0;
        if (Wrappers.OfEachStep(className, config) is JsonElement repeated)
        {
            KerasLayer layer = ReadLayer(repeated, path + "/", _ => group + "/layer");
            return new KerasLayer(name, path, className, config, rank, group, layer.Inner is { } model && !layer.IsOfEachStep ? model : KerasModel.Of(layer));
        }

        (className, config, IReadOnlyList<string> parts) = Wrappers.Unwrap(className, config, path);
        return new KerasLayer(name, path, className, config, rank, group, inner) { Groups = parts };
    }

    // A sequential model of the first versions of Keras 2 is its list of layers.
    private JsonElement Config(JsonElement element, string where) =>
        dialect != KerasDialect.Keras3 && element.Optional("config") is { ValueKind: JsonValueKind.Array } list
            ? list
            : element.Member("config", JsonValueKind.Object, where);

    private KerasInput Input(KerasLayer layer)
    {
        foreach (string flag in new[] { "sparse", "ragged", "optional" })
        {
            if (layer.Config.Optional(flag) is { ValueKind: JsonValueKind.True })
            {
                problems.Add(new ImportProblem(layer.Path, "InputLayer", flag, "inputs are dense and always given", $"save the model with {flag}=False"));
            }
        }

        string? type = layer.Config.Optional("dtype") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        // Ids are whole numbers, which come as floats here.
        if (type is not (null or "float32" or "int32" or "int64"))
        {
            problems.Add(new ImportProblem(layer.Path, "InputLayer", "dtype", $"inputs are float32, and the file says {type}", "rebuild the model on a float32 input"));
        }

        return new KerasInput(layer.Name, Shape(layer.Config.Optional("batch_shape") ?? layer.Config.Optional("batch_input_shape"), layer.Path, "InputLayer"));
    }

    private IReadOnlyList<int> Shape(JsonElement? batchShape, string path, string className)
    {
        if (batchShape is { ValueKind: JsonValueKind.Array } shape
            && shape.EnumerateArray().Skip(1).All(static size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int value) && value > 0)
            && shape.GetArrayLength() > 1)
        {
            return [.. shape.EnumerateArray().Skip(1).Select(static size => size.GetInt32())];
        }

        problems.Add(new ImportProblem(
            path,
            className,
            "shape",
            $"every size of a sample is fixed in a network, and the file says {(batchShape is JsonElement given ? Json.Short(given) : "nothing")}",
            "save the model with keras.Input(shape=(...)) of whole numbers"));
        return [1];
    }
}
