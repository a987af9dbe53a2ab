using System.Text.Json;

namespace Unroll.Runtime.Tests.Losses;

/// <summary>Losses by the names and options of the golden file.</summary>
internal static class LossCatalogue
{
    public static Loss Create(string name, JsonElement options)
    {
        bool fromLogits = options.TryGetProperty("fromLogits", out JsonElement flag) && flag.GetBoolean();
        float Number(string option, float otherwise) =>
            options.TryGetProperty(option, out JsonElement value) ? (float)value.GetDouble() : otherwise;
        float smoothing = Number("labelSmoothing", 0f);
        return name switch
        {
            "MeanSquaredError" => new MeanSquaredError(),
            "MeanAbsoluteError" => new MeanAbsoluteError(),
            "BinaryCrossentropy" => new BinaryCrossentropy(fromLogits, smoothing),
            "CategoricalCrossentropy" => new CategoricalCrossentropy(fromLogits, smoothing),
            "SparseCategoricalCrossentropy" => new SparseCategoricalCrossentropy(fromLogits),
            _ => throw new ArgumentException($"No loss is called {name}.", nameof(name)),
        };
    }
}
