using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>A network of the benchmarks, as the peers' harnesses build it too.</summary>
public sealed record BenchmarkNetwork
{
    private BenchmarkNetwork(string name, Func<Model> create, int inputs, int outputs, params long[] products)
    {
        Name = name;
        Create = create;
        Inputs = inputs;
        Outputs = outputs;
        Products = products;
    }

    /// <summary>Multilayer perceptrons, named by their sizes: hidden layers are relu, the last is linear.</summary>
    public static IReadOnlyList<BenchmarkNetwork> Perceptrons { get; } =
    [
        Perceptron("4-16-3", static () => new Tiny(seed: 1)),
        Perceptron("13-64-64-1", static () => new Small(seed: 1)),
        Perceptron("784-128-10", static () => new Digits(seed: 1)),
        Perceptron("784-512-512-10", static () => new Wide(seed: 1)),
        Perceptron("1024-1024-1024", static () => new Square(seed: 1)),
    ];

    /// <summary>Networks on images, signals and sequences.</summary>
    public static IReadOnlyList<BenchmarkNetwork> Layered { get; } =
    [
        // Of the second convolution's 11 × 11 pixels the pooling reads 10 × 10.
        new("mnist", static () => new MnistImages(seed: 1), MnistImages.InputSize, MnistImages.OutputSize, 26 * 26 * 9 * 32, 10 * 10 * 9 * 32 * 64, 1600 * 10) { Classifies = true },
        new("lenet", static () => new LeNet(seed: 1), LeNet.InputSize, LeNet.OutputSize, 28 * 28 * 25 * 6, 10 * 10 * 25 * 6 * 16, 400 * 120, 120 * 84, 84 * 10) { Classifies = true },
        new("lenet-simplechains", static () => new SimpleChainsLeNet(seed: 1), SimpleChainsLeNet.InputSize, SimpleChainsLeNet.OutputSize, 24 * 24 * 25 * 6, 8 * 8 * 25 * 6 * 16, 256 * 120, 120 * 84, 84 * 10)
        {
            Classifies = true,
        },
        new("cifar", static () => new CifarImages(seed: 1), CifarImages.InputSize, CifarImages.OutputSize, 32 * 32 * 9 * 3 * 32, 32 * 32 * 9 * 32 * 32, 16 * 16 * 9 * 32 * 64, 16 * 16 * 9 * 64 * 64, 4096 * 256, 256 * 10)
        {
            Classifies = true,
        },
        new("signal", static () => new Signal(seed: 1), Signal.InputSize, Signal.OutputSize, 128 * 5 * 4 * 32, 64 * 5 * 32 * 64, 64 * 6) { Classifies = true },
        new("rows", static () => new ImageRows(seed: 1), ImageRows.InputSize, ImageRows.OutputSize, 28 * 28 * 512, 28 * 128 * 512, 128 * 10) { Classifies = true },
        new("series", static () => new Series(seed: 1), Series.InputSize, Series.OutputSize, 64 * 8 * 192, 64 * 64 * 192, 64),
        new("text", static () => new Text(seed: 1), Text.InputSize, Text.OutputSize, 0, 80 * 32 * 128, 80 * 32 * 128, 32 * 2) { Classifies = true, Ids = 5000 },

        // Of each block the projections in, the scores, the mixed values, the projection out, and the two layers behind.
        new("encoder", static () => new Encoder(seed: 1), Encoder.InputSize, Encoder.OutputSize, 64 * 64 * 192, BlockProducts - (64 * 64 * 192), BlockProducts, 64 * 2) { Classifies = true },
    ];

    /// <summary>Sizes joined by dashes, or a word.</summary>
    public string Name { get; }

    /// <summary>A new one.</summary>
    public Func<Model> Create { get; }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Whether it learns classes by cross-entropy on its linear head, not values by mean squared error.</summary>
    public bool Classifies { get; private init; }

    /// <summary>How many ids its inputs count; 0: they are values.</summary>
    public int Ids { get; private init; }

    /// <summary>Multiply-adds a sample in a prediction.</summary>
    public long MultiplyAdds => Products.Sum();

    /// <summary>Multiply-adds a sample in a training step: of every product and kernel gradient, and of the gradients by inputs but the first.</summary>
    public long TrainingMultiplyAdds => (3 * MultiplyAdds) - Products[0];

    private static long BlockProducts => (64 * 64 * 192) + (2 * 64 * 64 * 64) + (64 * 64 * 64) + (2 * 64 * 64 * 128);

    private IReadOnlyList<long> Products { get; }

    public static BenchmarkNetwork Of(string name) => Perceptrons.Concat(Layered).Single(network => network.Name == name);

    /// <summary>The loss that suits its head.</summary>
    public Loss CreateLoss() => Classifies ? new SparseCategoricalCrossentropy(fromLogits: true) : new MeanSquaredError();

    public override string ToString() => Name;

    private static BenchmarkNetwork Perceptron(string name, Func<Model> create)
    {
        int[] sizes = [.. name.Split('-').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];
        return new BenchmarkNetwork(name, create, sizes[0], sizes[^1], [.. sizes.Zip(sizes.Skip(1), static (inputs, units) => (long)inputs * units)]);
    }
}
