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

        (LayerDescription Layer, float[] Mean, float[] Variance)[] measured =
            [.. layers.Select(layer => Measure(data, layer))];
        foreach ((LayerDescription layer, float[] mean, float[] variance) in measured)
        {
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
    private static (LayerDescription Layer, float[] Mean, float[] Variance) Measure(Dataset data, LayerDescription layer)
    {
        int units = layer.OutputShape[^1];
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

        int vast = Array.FindIndex(variance, static value => !float.IsFinite((float)value));
        return vast < 0
            ? (layer, [.. mean.Select(static value => (float)value)], [.. variance.Select(static value => (float)value)])
            : throw new ArgumentException(
                $"The variance of unit {vast} of {layer.Name}'s input is {variance[vast]:0.###e+0}, more than single precision holds; "
                + "divide these values by a constant first.",
                nameof(data));
    }

    /// <summary>Refuses to train behind a layer that was not told mean and variance, and so passes the data on as they are.</summary>
    /// <exception cref="InvalidOperationException">A Normalization layer has neither been adapted nor assigned its parameters.</exception>
    public static void RequireDone(Model model)
    {
        foreach (LayerDescription layer in model.Network.Layers.Where(static layer => layer.Kind == Kind))
        {
            string mean = $"{layer.Name}/mean";
            string variance = $"{layer.Name}/variance";
            if (!Find(model, mean).WasSet && !Find(model, variance).WasSet)
            {
                throw new InvalidOperationException(
                    $"Layer {layer.Name} (Normalization) knows no mean and no variance yet: call Adapt(training) before Fit, or assign "
                    + $"{mean} and {variance}, or load weights.");
            }
        }
    }

    private static Parameter Find(Model model, string name) => model.Parameters[name];
}
