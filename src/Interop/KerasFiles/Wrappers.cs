using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Interop.KerasFiles;

/// <summary>Layers of Keras that run another: that one with an argument more, or as it is.</summary>
internal static class Wrappers
{
    public const string TimeDistributed = "TimeDistributed";

    private const string Bidirectional = "Bidirectional";

    // What works on the last axis alone is the same for each step as for all at once.
    private static readonly HashSet<string> s_eachStep = new(StringComparer.Ordinal) { "Dense", "Activation", "Dropout", "LeakyReLU", "ReLU", "ELU" };

    /// <summary>The groups of attention's variables.</summary>
    public static IReadOnlyList<string> AttentionGroups { get; } = ["/query_dense", "/key_dense", "/value_dense", "/output_dense"];

    /// <summary>The layer or model that is applied to each step of a sequence; null where there is none, or where it makes no difference.</summary>
    public static JsonElement? OfEachStep(string className, JsonElement config) =>
        className == TimeDistributed && config.Optional("layer") is { ValueKind: JsonValueKind.Object } layer
        && layer.Optional("class_name") is { ValueKind: JsonValueKind.String } inner && !s_eachStep.Contains(inner.GetString()!)
            ? layer
            : null;

    /// <summary>The layer inside, with its name and arguments; the layer itself where it is none of these.</summary>
    /// <param name="className">The class in the file.</param>
    /// <param name="config">Its arguments.</param>
    /// <param name="where">The layer, for messages.</param>
    /// <returns>Class, arguments, and the groups of the variables within that of the layer.</returns>
    public static (string ClassName, JsonElement Config, IReadOnlyList<string> Groups) Unwrap(string className, JsonElement config, string where)
    {
        bool isWrapper = className is Bidirectional or TimeDistributed && config.ValueKind == JsonValueKind.Object && config.Optional("layer") is { ValueKind: JsonValueKind.Object };
        if (!isWrapper)
        {
            return (className, config, className == "MultiHeadAttention" ? AttentionGroups : [IsRecurrent(className) ? "/cell" : ""]);
        }

        JsonElement layer = config.Optional("layer")!.Value;
        string inner = layer.Text("class_name", where);
        JsonElement arguments = layer.Member("config", JsonValueKind.Object, where);
        if (className == Bidirectional && IsRecurrent(inner))
        {
            return (inner, Joined(arguments, config), ["/forward_layer/cell", "/backward_layer/cell"]);
        }

        return s_eachStep.Contains(inner) && className != Bidirectional ? (inner, arguments, ["/layer"]) : (className, config, [""]);
    }

    public static bool IsRecurrent(string className) => className is "SimpleRNN" or "GRU" or "LSTM";

    // The second cell as Keras makes it: the first one's arguments, read from the other end.
    private static bool IsOpposite(JsonElement backward, JsonElement forward) =>
        backward.Optional("config") is JsonElement config && Direction(config) != Direction(forward) && Plain(config) == Plain(forward);

    private static bool Direction(JsonElement config) => config.Optional("go_backwards") is { ValueKind: JsonValueKind.True };

    // Which objects are shared differs, and the names do.
    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Concat(value.EnumerateObject()
            .Where(static member => member.Name is not ("name" or "go_backwards" or "shared_object_id")).Select(static member => $"{member.Name}:{Plain(member.Value)};")),
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Plain))}]",
        _ => value.GetRawText(),
    };

    // merge_mode is the argument Bidirectional of the layer inside; what else the wrapper says is left, to be refused by its name.
    private static JsonElement Joined(JsonElement arguments, JsonElement wrapper)
    {
        JsonObject joined = JsonObject.Create(arguments)!;
        foreach (JsonProperty argument in wrapper.EnumerateObject().Where(static argument => argument.Name is not ("layer" or "name" or "trainable" or "dtype")))
        {
            if (argument.Name == "backward_layer" && IsOpposite(argument.Value, arguments))
            {
                continue;
            }

            joined[argument.Name == "merge_mode" ? "bidirectional" : argument.Name] = JsonNode.Parse(argument.Value.GetRawText());
        }

        joined.TryAdd("bidirectional", "concat");
        using JsonDocument document = JsonDocument.Parse(joined.ToJsonString());
        return document.RootElement.Clone();
    }
}
