using Unroll.Compiled;

namespace Unroll;

/// <summary>Measures mean and variance of the data for the Normalization layers of a network, as <c>keras.layers.Normalization.adapt</c>.</summary>
internal static class Adaptation
{
    private const string Kind = "Normalization";

    /// <summary>What passes the data on with its numbers in their order.</summary>
    private static readonly string[] s_transparent = ["Flatten", "Reshape"];

    public static void Run(Model model, Dataset data)
    {
        NetworkDescription network = model.Network;
        LayerDescription[] layers = [.. network.Layers.Where(static layer => layer.Kind == Kind)];
        if (layers.Length == 0)
        {
            throw new InvalidOperationException($"{network.Name} has no {Kind} layer to adapt.");
        }

        if (data.FeatureSize != network.InputSize)
        {
            throw new ArgumentException(
                $"{network.Name} takes samples of {network.InputSize} values ({string.Join(" × ", network.InputShape)}), but the data has {data.FeatureSize}.",
                nameof(data));
        }

        foreach (LayerDescription layer in layers)
        {
            RequireRawInput(network, layer);
        }

        foreach (LayerDescription layer in layers)
        {
            (float[] mean, float[] variance) = Measure(data, units: layer.OutputShape[^1]);
            Find(model, $"{layer.Name}/mean").Assign(mean);
            Find(model, $"{layer.Name}/variance").Assign(variance);
        }
    }

    private static void RequireRawInput(NetworkDescription network, LayerDescription layer)
    {
        foreach (LayerDescription before in network.Layers)
        {
            if (before == layer)
            {
                return;
            }

            if (!s_transparent.Contains(before.Kind))
            {
                throw new InvalidOperationException(
                    $"Layer {layer.Name} cannot be adapted: {before.Name} ({before.Kind}) before it changes the data. "
                    + $"Only {string.Join(" and ", s_transparent)} may come first.");
            }
        }
    }

    /// <summary>
    /// Mean and variance (Σ(x − mean)²/n) of each unit of the last axis over all rows and other axes, in double precision: the sum of
    /// squares less the square of the sum would lose what a large mean hides.
    /// </summary>
    private static (float[] Mean, float[] Variance) Measure(Dataset data, int units)
    {
        ReadOnlySpan<float> values = data.Features;
        double count = values.Length / units;
        double[] mean = new double[units];
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"The data must be finite, but value {i % data.FeatureSize} of row {i / data.FeatureSize} is {values[i]}.", nameof(data));
            }

            mean[i % units] += values[i] / count;
        }

        double[] variance = new double[units];
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = values[i] - mean[i % units];
            variance[i % units] += deviation * deviation / count;
        }

        return ([.. mean.Select(static value => (float)value)], [.. variance.Select(static value => (float)value)]);
    }

    private static Parameter Find(Model model, string name) => model.Parameters.Single(parameter => parameter.Name == name);
}
