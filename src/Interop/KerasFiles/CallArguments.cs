using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>What the calls of a layer read: one value or a list of them.</summary>
internal sealed class CallArguments(KerasLayer layer, ICollection<ImportProblem> problems)
{
    /// <summary>Whether a step attends to itself and those before it alone.</summary>
    public bool IsCausal { get; private set; }

    public IReadOnlyList<KerasValue> Read(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            return [.. node.EnumerateArray().Select(OldReference)];
        }

        JsonElement arguments = node.Member("args", JsonValueKind.Array, layer.Path);
        if (node.Optional("kwargs") is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (JsonProperty argument in named.EnumerateObject().Where(static argument => argument.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)))
            {
                if (layer.ClassName == "MultiHeadAttention" && argument is { Name: "use_causal_mask", Value.ValueKind: JsonValueKind.True })
                {
                    IsCausal = true;
                    continue;
                }

                Refuse($"call({argument.Name}=...)", $"it is called with {argument.Name} = {Json.Short(argument.Value)}, and a layer takes values alone");
            }
        }

        // Query, value and key are arguments of their own.
        if (layer.ClassName == "MultiHeadAttention" && arguments.GetArrayLength() is 2 or 3)
        {
            return [.. arguments.EnumerateArray().Where(static value => value.ValueKind != JsonValueKind.Null).Select(Value)];
        }

        if (arguments.GetArrayLength() != 1)
        {
            Refuse("call", $"it is called with {arguments.GetArrayLength()} arguments where one value or one list of values is expected");
            return [];
        }

        JsonElement only = arguments[0];
        JsonElement[] values = only.ValueKind == JsonValueKind.Array ? [.. only.EnumerateArray()] : [only];
        return [.. values.Select(Value)];
    }

    private KerasValue Value(JsonElement value)
    {
        if (value.Optional("class_name") is { ValueKind: JsonValueKind.String } name && name.GetString() == "__keras_tensor__")
        {
            JsonElement config = value.Member("config", JsonValueKind.Object, layer.Path);
            return EndReader.Reference(config.Member("keras_history", JsonValueKind.Array, layer.Path), layer.Path);
        }

        throw new InvalidDataException($"config.json, {layer.Path}: a layer should be called with values of layers and is called with {Json.Short(value)}.");
    }

    /// <summary>As Keras 2 writes them: [layer, call, tensor, named arguments].</summary>
    private KerasValue OldReference(JsonElement reference)
    {
        JsonElement[] parts = reference.ValueKind == JsonValueKind.Array ? [.. reference.EnumerateArray()] : [];
        if (parts.Length is not (3 or 4))
        {
            throw new InvalidDataException($"config.json, {layer.Path}: a layer should be called with [layer, call, tensor] and is called with {Json.Short(reference)}.");
        }

        if (parts.Length == 4 && parts[3].ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty argument in parts[3].EnumerateObject().Where(static argument => argument.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)))
            {
                Refuse($"call({argument.Name}=...)", $"it is called with {argument.Name} = {Json.Short(argument.Value)}, and a layer takes values alone");
            }
        }

        return EndReader.Reference(parts[0], parts[1], parts[2], reference, layer.Path);
    }

    private void Refuse(string argument, string why) =>
        problems.Add(new ImportProblem(layer.Path, layer.ClassName, argument, why, "rebuild the model without it and save it again"));
}
