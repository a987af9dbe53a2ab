using System.Globalization;
using System.Text.Json;
using Unroll.Interop.KerasFiles;

namespace Unroll.Interop.RTNeuralFiles;

/// <summary>A layer of the file on its way to attributes.</summary>
/// <param name="json">Its object.</param>
/// <param name="number">Its place in the file, from 1.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class RTNeuralLayer(JsonElement json, int number, string path)
{
    /// <summary>As the file has it: <c>dense</c>.</summary>
    public string Type { get; } = json.Optional("type") is { ValueKind: JsonValueKind.String } type ? type.GetString()! : "";

    /// <summary>What messages call it.</summary>
    public string Name { get; } = $"layer {number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Values a step, the last of its shape.</summary>
    public int Size { get; } = Last(json) ?? throw new InvalidDataException($"{path}, layer {number}: a shape that ends with the number of values a step is expected.");

    public string Activation { get; } = json.Optional("activation") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public IReadOnlyList<JsonElement> Weights { get; } = json.Optional("weights") is { ValueKind: JsonValueKind.Array } weights ? [.. weights.EnumerateArray()] : [];

    public double Number(string name, double fallback) =>
        json.Optional(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) ? number : fallback;

    /// <summary>One whole number, alone or in a list.</summary>
    public int Whole(string name, int fallback) => json.Optional(name) is not JsonElement value ? fallback
        : JsonValues.Convert(value, typeof(int[])) is int[] { Length: 1 } numbers && numbers[0] > 0 ? numbers[0]
        : throw Wrong($"{name} should be one whole number above 0 and is {Json.Short(value)}");

    /// <summary>A weight as a parameter.</summary>
    /// <param name="index">Among the layer's weights.</param>
    /// <param name="name">The parameter's, without the layer's.</param>
    /// <param name="shape">Which it must have.</param>
    public ImportedTensor Tensor(int index, string name, params int[] shape)
    {
        var values = new List<float>();
        if (index >= Weights.Count || !Gather(Weights[index], shape, values))
        {
            throw Wrong($"weight {index.ToString(CultureInfo.InvariantCulture)} should be {name}, numbers of the shape [{string.Join(", ", shape)}]");
        }

        return new ImportedTensor(name, shape, [.. values]);
    }

    public InvalidDataException Wrong(string what) => new($"{path}, {Name} ({Type}): {what}.");

    private static int? Last(JsonElement json) =>
        json.Optional("shape") is { ValueKind: JsonValueKind.Array } shape && shape.GetArrayLength() > 1 && shape.EnumerateArray().Last() is { ValueKind: JsonValueKind.Number } size
            && size.TryGetInt32(out int number) && number > 0 ? number : null;

    private static bool Gather(JsonElement value, ReadOnlySpan<int> shape, List<float> values)
    {
        if (shape.Length == 0)
        {
            bool isNumber = value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) && float.IsFinite(number);
            values.Add(isNumber ? value.GetSingle() : 0);
            return isNumber;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != shape[0])
        {
            return false;
        }

        foreach (JsonElement part in value.EnumerateArray())
        {
            if (!Gather(part, shape[1..], values))
            {
                return false;
            }
        }

        return true;
    }
}
