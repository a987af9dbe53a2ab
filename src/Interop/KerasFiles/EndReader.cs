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
    public static KerasValue Reference(JsonElement reference, string where) =>
        reference.ValueKind == JsonValueKind.Array
        && reference.GetArrayLength() == 3
        && reference[0].ValueKind == JsonValueKind.String
        && reference[1].ValueKind == JsonValueKind.Number && reference[1].TryGetInt32(out int call)
        && reference[2].ValueKind == JsonValueKind.Number && reference[2].TryGetInt32(out int tensor) && tensor == 0
            ? new KerasValue(reference[0].GetString()!, call)
            : throw new InvalidDataException(
                $"config.json, {where}: a value should be [layer, call, 0] and is {Json.Short(reference)} (layers of several outputs are not read).");

    private static KerasOutput Unnamed(KerasValue value) => new(value.Layer, value);
}
