using System.Text.Json;

namespace Unroll.Runtime.Tests.Optimizers;

internal static class OptimizerCatalogue
{
    /// <summary>One of every optimizer, and of every variant with a loop of its own.</summary>
    public static IReadOnlyList<Func<Optimizer>> All { get; } =
    [
        () => new SGD(),
        () => new SGD(momentum: 0.9f),
        () => new SGD(momentum: 0.9f, nesterov: true),
        () => new Adam(),
        () => new Adam(amsgrad: true),
        () => new AdamW(),
        () => new RMSprop(),
        () => new RMSprop(momentum: 0.9f),
        () => new RMSprop(momentum: 0.9f, centered: true),
        () => new Adagrad(),
        () => new Adadelta(),
        () => new Nadam(),
        () => new Adamax(),
        () => new Lion(),
        () => new Ftrl(),
        () => new Ftrl(learningRatePower: -0.3f, l1RegularizationStrength: 0.01f),
    ];

    /// <summary>The optimizer a golden case names; what it does not name has its default.</summary>
    public static Optimizer Create(string name, JsonElement options)
    {
        float Number(string key, float otherwise) =>
            options.TryGetProperty(key, out JsonElement value) ? (float)value.GetDouble() : otherwise;
        bool Flag(string key) => options.TryGetProperty(key, out JsonElement value) && value.GetBoolean();
        float rate = Number("lr", name == "SGD" ? new SGD().LearningRate : new Adam().LearningRate);
        return name switch
        {
            "SGD" => new SGD(rate, Number("momentum", 0f), Flag("nesterov")),
            "Adam" when options.EnumerateObject().Any() => new Adam(
                rate, Number("beta1", 0.9f), Number("beta2", 0.999f), Number("epsilon", 1e-7f), Flag("amsgrad")),
            "Adam" => new Adam(),
            "AdamW" when options.TryGetProperty("lr", out _) => new AdamW(rate, Number("decay", 0f)),
            "AdamW" => new AdamW(),
            "RMSprop" when options.EnumerateObject().Any() => new RMSprop(
                rate, Number("rho", 0.9f), Number("momentum", 0f), centered: Flag("centered")),
            "RMSprop" => new RMSprop(),
            "Adagrad" when options.TryGetProperty("accumulator", out _) => new Adagrad(rate, Number("accumulator", 0f)),
            "Adagrad" => new Adagrad(),
            "Adadelta" when options.TryGetProperty("lr", out _) => new Adadelta(rate, Number("rho", 0f)),
            "Adadelta" => new Adadelta(),
            "Nadam" when options.TryGetProperty("lr", out _) => new Nadam(rate, Number("beta1", 0f), Number("beta2", 0f)),
            "Nadam" => new Nadam(),
            "Adamax" => new Adamax(),
            "Lion" => new Lion(),
            "Ftrl" when options.TryGetProperty("lr", out _) => new Ftrl(
                rate,
                Number("power", -0.5f),
                0.1f,
                Number("l1", 0f),
                Number("l2", 0f),
                Number("shrinkage", 0f),
                Number("beta", 0f)),
            "Ftrl" => new Ftrl(),
            _ => throw new ArgumentException($"No optimizer is called {name}.", nameof(name)),
        };
    }
}
