using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>Reading a configuration, with errors that say what was expected where.</summary>
internal static class Json
{
    public static JsonElement Member(this JsonElement parent, string name, JsonValueKind kind, string where)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement value))
        {
            throw new InvalidDataException($"config.json, {where}: '{name}' is missing.");
        }

        return value.ValueKind == kind
            ? value
            : throw new InvalidDataException($"config.json, {where}: '{name}' should be {kind} and is {value.ValueKind}.");
    }

    public static string Text(this JsonElement parent, string name, string where) =>
        parent.Member(name, JsonValueKind.String, where).GetString()!;

    public static JsonElement? Optional(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>The text of a value, for a message.</summary>
    public static string Short(JsonElement value)
    {
        string text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= 60 ? text : text[..57] + "...";
    }
}
