using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>
/// The states that recurrent layers give beside their outputs (<c>return_state=True</c>): the state after the last step is the output, or the last step
/// of it.
/// </summary>
internal sealed class ReturnedStates(ICollection<ImportProblem> problems)
{
    private readonly Dictionary<KerasValue, KerasValue> _found = [];
    private readonly List<KerasCall> _added = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Calls and outputs that read first values alone.</summary>
    public (List<KerasCall> Calls, KerasOutput[] Outputs) Resolve(List<KerasCall> calls, KerasOutput[] outputs)
    {
        Dictionary<KerasValue, KerasCall> byValue = [];
        foreach (KerasCall call in calls)
        {
            _names.Add(call.Layer.Name);
            byValue.TryAdd(new KerasValue(call.Layer.Name, call.Index), call);
        }

        List<KerasCall> resolved = [.. calls.Select(call => call with { Inputs = [.. call.Inputs.Select(First)], States = [.. call.States.Select(First)] })];
        KerasOutput[] ends = [.. outputs.Select(output => output with { Value = First(output.Value) })];
        resolved.AddRange(_added);
        return (resolved, ends);

        KerasValue First(KerasValue value) => value.Tensor == 0 ? value
            : _found.TryGetValue(value, out KerasValue found) ? found
            : _found[value] = byValue.TryGetValue(value with { Tensor = 0 }, out KerasCall? call) ? State(call, value) : value with { Tensor = 0 };
    }

    private KerasValue State(KerasCall call, KerasValue value)
    {
        KerasLayer layer = call.Layer;
        KerasValue output = value with { Tensor = 0 };
        string? obstacle = !Wrappers.IsRecurrent(layer.ClassName) ? "a layer gives one value"
            : layer.Groups.Count > 1 ? "of two directions only what both make together is a value of a network"
            : value.Tensor > 1 ? "the memory cell of an LSTM is no value of a network"
            : Is(layer, "return_sequences") && Is(layer, "zero_output_for_mask") ? "where masked steps give zeros, the last step need not be the state"
            : Is(layer, "return_sequences") && call.Steps < 1 ? "the file does not say how many steps there are"
            : null;
        if (obstacle is not null)
        {
            problems.Add(new ImportProblem(
                layer.Path, layer.ClassName, "return_state", $"its value {value.Tensor} is read, and {obstacle}", "read its output, or the state of a GRU of one direction"));
            return output;
        }

        return Is(layer, "return_sequences") ? Last(call, output) : output;
    }

    // The last step to come out, in whatever order.
    private KerasValue Last(KerasCall call, KerasValue sequence)
    {
        KerasValue last = Add($"{call.Layer.Name}_last", "Cropping1D", $$"""{"cropping":[{{call.Steps - 1}},0]}""", sequence);
        return Add($"{call.Layer.Name}_state", "Flatten", "{}", last);
    }

    private KerasValue Add(string name, string className, string config, KerasValue input)
    {
        using JsonDocument document = JsonDocument.Parse(config);
        string own = name;
        for (int number = 2; !_names.Add(own); number++)
        {
            own = $"{name}_{number}";
        }

        _added.Add(new KerasCall(new KerasLayer(own, own, className, document.RootElement.Clone(), 0, "", null), 0, [input]));
        return new KerasValue(own, 0);
    }

    private static bool Is(KerasLayer layer, string argument) => layer.Config.Optional(argument) is { ValueKind: JsonValueKind.True };
}
