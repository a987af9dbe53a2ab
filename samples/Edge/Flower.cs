using System.Text.Json;

namespace Unroll.Samples;

/// <summary>A request: the measurements of one flower in centimetres.</summary>
internal readonly record struct Flower(float SepalLength, float SepalWidth, float PetalLength, float PetalWidth)
{
    /// <param name="json">An object with the four measurements, each by its name in camel case; other members do not matter.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Flower Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement flower = document.RootElement;
        if (flower.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"A request is an object, not: {flower.GetRawText()}");
        }

        return new Flower(
            Measurement(flower, "sepalLength"), Measurement(flower, "sepalWidth"), Measurement(flower, "petalLength"), Measurement(flower, "petalWidth"));
    }

    private static float Measurement(JsonElement flower, string name) =>
        flower.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number)
            ? number
            : throw new JsonException($"'{name}' must be a number of centimetres.");
}
