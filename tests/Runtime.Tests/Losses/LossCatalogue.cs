using System.Text.Json;

namespace Unroll.Runtime.Tests.Losses;

/// <summary>Losses by the names and options of the golden file.</summary>
internal static class LossCatalogue
{
    /// <summary>Every loss of the library.</summary>
    public static Type[] Types { get; } =
    [
        .. typeof(Loss).Assembly.GetExportedTypes()
            .Where(static type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract)
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    public static Loss Create(string name, JsonElement options)
    {
        bool Flag(string option) => options.TryGetProperty(option, out JsonElement value) && value.GetBoolean();
        float Number(string option, float otherwise) =>
            options.TryGetProperty(option, out JsonElement value) ? (float)value.GetDouble() : otherwise;
        bool fromLogits = Flag("fromLogits");
        float smoothing = Number("labelSmoothing", 0f);
        return name switch
        {
            "MeanSquaredError" => new MeanSquaredError(),
            "MeanAbsoluteError" => new MeanAbsoluteError(),
            "BinaryCrossentropy" => new BinaryCrossentropy(fromLogits, smoothing),
            "CategoricalCrossentropy" => new CategoricalCrossentropy(fromLogits, smoothing),
            "SparseCategoricalCrossentropy" => new SparseCategoricalCrossentropy(fromLogits),
            "MeanAbsolutePercentageError" => new MeanAbsolutePercentageError(),
            "MeanSquaredLogarithmicError" => new MeanSquaredLogarithmicError(),
            "Huber" => new Huber(Number("delta", 1f)),
            "LogCosh" => new LogCosh(),
            "Hinge" => new Hinge(),
            "SquaredHinge" => new SquaredHinge(),
            "CategoricalHinge" => new CategoricalHinge(),
            "KLDivergence" => new KLDivergence(),
            "Poisson" => new Poisson(),
            "CosineSimilarity" => new CosineSimilarity(),
            "BinaryFocalCrossentropy" => new BinaryFocalCrossentropy(
                Flag("applyClassBalancing"), Number("alpha", 0.25f), Number("gamma", 2f), fromLogits, smoothing),
            "CategoricalFocalCrossentropy" when options.TryGetProperty("alpha", out JsonElement alpha) && alpha.ValueKind == JsonValueKind.Array =>
                new CategoricalFocalCrossentropy(alpha.Floats(), Number("gamma", 2f), fromLogits, smoothing),
            "CategoricalFocalCrossentropy" => new CategoricalFocalCrossentropy(
                Number("alpha", 0.25f), Number("gamma", 2f), fromLogits, smoothing),
            _ => throw new ArgumentException($"No loss is called {name}.", nameof(name)),
        };
    }
}
