using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>A multilayer perceptron of the benchmarks. Hidden layers are relu, the last is linear, as in the peers' harnesses.</summary>
/// <param name="Shape">Its sizes: <c>784-128-10</c>.</param>
/// <param name="Create">A new one.</param>
public sealed record Perceptron(string Shape, Func<Model> Create)
{
    public static IReadOnlyList<Perceptron> All { get; } =
    [
        new("4-16-3", static () => new Tiny(seed: 1)),
        new("13-64-64-1", static () => new Small(seed: 1)),
        new("784-128-10", static () => new Digits(seed: 1)),
        new("784-512-512-10", static () => new Wide(seed: 1)),
        new("1024-1024-1024", static () => new Square(seed: 1)),
    ];

    public int Inputs => Sizes[0];

    public int Outputs => Sizes[^1];

    /// <summary>Multiply-adds a sample in a prediction.</summary>
    public long MultiplyAdds => Products.Sum();

    /// <summary>Multiply-adds a sample in a training step: of every product and kernel gradient, and of the gradients by inputs but the first.</summary>
    public long TrainingMultiplyAdds => (3 * MultiplyAdds) - Products[0];

    private int[] Sizes { get; } = [.. Shape.Split('-').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];

    private long[] Products => [.. Sizes.Zip(Sizes.Skip(1), static (inputs, units) => (long)inputs * units)];

    public static Perceptron Of(string shape) => All.Single(perceptron => perceptron.Shape == shape);

    public override string ToString() => Shape;
}
