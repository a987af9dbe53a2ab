using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>The inputs or outputs of a functional model: one reference, a list of them, or some with keys.</summary>
internal static class EndReader
{
    public static KerasOutput[] Read(JsonElement ends, string where)
    {
        if (ends.ValueKind == JsonValueKind.Object)
        {
            return [.. ends.EnumerateObject().Select(end => new KerasOutput(end.Name, Reference(end.Value, where)))];
        }

        if (ends.ValueKind != JsonValueKind.Array || ends.GetArrayLength() == 0)
        {
            throw new InvalidDataException($"config.json, {where}: inputs and outputs should be references to layers and are {Json.Short(ends)}.");
        }

        return ends[0].ValueKind == JsonValueKind.String
            ? [Unnamed(Reference(ends, where))]
            : [.. ends.EnumerateArray().Select(end => Unnamed(Reference(end, where)))];
    }

    /// <summary>[layer, call, tensor]</summary>
    public static KerasValue Reference(JsonElement reference, string where) => reference.ValueKind == JsonValueKind.Array && reference.GetArrayLength() == 3
        ? Reference(reference[0], reference[1], reference[2], reference, where)
        : throw Wrong(reference, where);

    public static KerasValue Reference(JsonElement layer, JsonElement call, JsonElement tensor, JsonElement whole, string where) =>
        layer.ValueKind == JsonValueKind.String
        && call.ValueKind == JsonValueKind.Number && call.TryGetInt32(out int number)
        && tensor.ValueKind == JsonValueKind.Number && tensor.TryGetInt32(out int index) && index >= 0
            ? new KerasValue(layer.GetString()!, number, index)
            : throw Wrong(whole, where);

    private static InvalidDataException Wrong(JsonElement reference, string where) => new(
        $"config.json, {where}: a value should be [layer, call, tensor] and is {Json.Short(reference)}.");

    private static KerasOutput Unnamed(KerasValue value) => new(value.Layer, value);
}
