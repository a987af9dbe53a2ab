using System.Globalization;

namespace Unroll.Samples;

/// <summary>What reaches the layers of a deep network, on the way forth and on the way back, before any training.</summary>
internal sealed class Depth
{
    private const int Samples = 256;

    private Depth(string name, float[] gradients, float[] spreads)
    {
        Name = name;
        Gradients = gradients;
        Spreads = spreads;
    }

    public string Name { get; }

    /// <summary>The root mean square of the gradient of each layer's kernel.</summary>
    public float[] Gradients { get; }

    /// <summary>The standard deviation of each layer's values over samples and units.</summary>
    public float[] Spreads { get; }

    /// <summary>How many times as large the gradient is in the last but one layer as in the first.</summary>
    public double Ratio => (double)Gradients[^2] / Gradients[0];

    public static Depth Measure(string name, Model model)
    {
        model.Compile(new SGD(), new MeanSquaredError());
        Dataset data = Data(model);
        Gradients gradients = model.ComputeGradients(data);
        Activations values = model.Activations(data.Features);
        return new Depth(
            name,
            [.. gradients.Where(static pair => pair.Key.EndsWith("/kernel", StringComparison.Ordinal)).Select(static pair => (float)Math.Sqrt(pair.Value.Average(static g => (double)g * g)))],
            [.. values.Values.Select(Deviation)]);
    }

    public static void Write(TextWriter writer, IReadOnlyList<Depth> depths)
    {
        writer.WriteLine("Root mean squares of the gradients of the kernels, and standard deviations of the layers' values:");
        writer.WriteLine();
        writer.WriteLine("layer " + string.Concat(depths.Select(static depth => $"{depth.Name,26}")));
        foreach (int layer in new[] { 1, 5, 10, 15, 20, 25, 29, 30 })
        {
            writer.WriteLine($"{layer,5} " + string.Concat(depths.Select(depth => string.Create(
                CultureInfo.InvariantCulture, $"{depth.Gradients[layer - 1],14:0.0e+00}{depth.Spreads[layer - 1],12:0.0e+00}"))));
        }

        writer.WriteLine();
        foreach (Depth depth in depths)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{depth.Name}: the gradient of layer 29 is {depth.Ratio:g2} times that of layer 1"));
        }
    }

    // A sum of the features: something that can be learnt.
    private static Dataset Data(Model model)
    {
        int size = model.Parameters[0].Shape[0];
        var random = new Random(7);
        float[] features = [.. Enumerable.Range(0, Samples * size).Select(_ => Normal(random))];
        float[] targets = [.. Enumerable.Range(0, Samples).Select(row => features.AsSpan(row * size, size).ToArray().Sum() / MathF.Sqrt(size))];
        return new Dataset(features, targets, Samples);
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static float Deviation(float[] values)
    {
        double mean = values.Average(static value => (double)value);
        return (float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
