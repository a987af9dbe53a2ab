using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>What the calls of a layer read: one value or a list of them.</summary>
internal sealed class CallArguments(KerasLayer layer, ICollection<ImportProblem> problems)
{
    private const string InitialState = "initial_state";

    /// <summary>Whether a step attends to itself and those before it alone.</summary>
    public bool IsCausal { get; private set; }

    /// <summary>What the states of a recurrent layer are before the first step.</summary>
    public IReadOnlyList<KerasValue> States { get; private set; } = [];

    /// <summary>The size of the first axis of what is read; 0 where the file does not say.</summary>
    public int Steps { get; private set; }

    public IReadOnlyList<KerasValue> Read(JsonElement node)
    {
        IsCausal = false;
        States = [];
        Steps = 0;
        if (node.ValueKind == JsonValueKind.Array)
        {
            KerasValue[] read = [.. node.EnumerateArray().Select(OldReference)];
            bool hasStates = Wrappers.IsRecurrent(layer.ClassName) && read.Length > 1;
            States = hasStates ? read[1..] : States;
            return hasStates ? [read[0]] : read;
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

                if (Wrappers.IsRecurrent(layer.ClassName) && argument.Name == InitialState)
                {
                    States = [.. Listed(argument.Value).Select(Value)];
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

        int count = arguments.GetArrayLength();
        if (Wrappers.IsRecurrent(layer.ClassName) && count == 2)
        {
            // A recurrent layer's second argument is its states.
            States = arguments[1].ValueKind == JsonValueKind.Null ? [] : [.. Listed(arguments[1]).Select(Value)];
            count = 1;
        }

        if (Operations.IsMerge(layer.ClassName) && count == 2)
        {
            JsonElement[] operands = [.. arguments.EnumerateArray()];
            if (Array.TrueForAll(operands, static operand => operand.ValueKind == JsonValueKind.Object))
            {
                return [.. operands.Select(Value)];
            }

            Refuse("call", $"it is called with {Json.Short(arguments)}, and one of these is no value of a layer");
            return [];
        }

        if (count != 1)
        {
            Refuse("call", $"it is called with {arguments.GetArrayLength()} arguments where one value or one list of values is expected");
            return [];
        }

        JsonElement only = arguments[0];
        Steps = StepsOf(only);
        return [.. Listed(only).Select(Value)];
    }

    private static JsonElement[] Listed(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static int StepsOf(JsonElement tensor) =>
        tensor.Optional("config")?.Optional("shape") is { ValueKind: JsonValueKind.Array } shape && shape.GetArrayLength() > 1
        && shape[1].ValueKind == JsonValueKind.Number && shape[1].TryGetInt32(out int steps) ? steps : 0;

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
                if (Wrappers.IsRecurrent(layer.ClassName) && argument.Name == InitialState)
                {
                    States = [.. OldStates(argument.Value)];
                    continue;
                }

                Refuse($"call({argument.Name}=...)", $"it is called with {argument.Name} = {Json.Short(argument.Value)}, and a layer takes values alone");
            }
        }

        return EndReader.Reference(parts[0], parts[1], parts[2], reference, layer.Path);
    }

    /// <summary>[layer, call, tensor], or a list of such.</summary>
    private IEnumerable<KerasValue> OldStates(JsonElement states) => states.ValueKind == JsonValueKind.Array && states.GetArrayLength() > 0 && states[0].ValueKind == JsonValueKind.String
        ? [EndReader.Reference(states, layer.Path)]
        : Listed(states).Select(state => EndReader.Reference(state, layer.Path));

    private void Refuse(string argument, string why) =>
        problems.Add(new ImportProblem(layer.Path, layer.ClassName, argument, why, "rebuild the model without it and save it again"));
}
