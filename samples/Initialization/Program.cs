using System.Globalization;

namespace Unroll.Samples;

/// <summary>Why the first weights matter: gradients through thirty layers, and those of a small network by hand.</summary>
internal static class Program
{
    private const string Picture = "initialization.svg";

    private static int Main()
    {
        Depth[] depths =
        [
            Depth.Measure("sigmoid, σ = 0.05", new Vanishing(seed: 1)),
            Depth.Measure("ReLU, σ = 0.5", new Exploding(seed: 1)),
            Depth.Measure("tanh, Xavier", new Xavier(seed: 1)),
            Depth.Measure("ReLU, He", new He(seed: 1)),
        ];
        Depth.Write(Console.Out, depths);
        Plot.Curves(
            Picture, "Gradients of the kernels before training (root mean squares)", "layer", logarithmic: true,
            [.. depths.Select(static depth => (depth.Name, (IReadOnlyList<float>)depth.Gradients))]);
        Console.WriteLine();
        Console.WriteLine($"picture: {Path.GetFullPath(Picture)}");
        Console.WriteLine();

        double difference = Pencil.Compare(Console.Out);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest difference: {difference:0.0e+00}"));

        // The story must be what the numbers say.
        bool isTold = depths[0].Ratio > 1e10 && depths[1].Spreads[^2] > 1e6 * depths[1].Spreads[0]
            && depths[2..].All(static depth => depth.Ratio is > 0.05 and < 20 && depth.Spreads[^2] > 0.05 * depth.Spreads[0]);
        return isTold && difference < 1e-5 ? 0 : 1;
    }
}
