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
                $"{network.Name} takes samples of {network.InputSize} values ({network.InputShapes}), but the data has {data.FeatureSize}.",
                nameof(data));
        }

        InputDescription[] inputs = [.. layers.Select(layer => InputOf(network, layer))];
        for (int i = 0; i < layers.Length; i++)
        {
            (float[] mean, float[] variance) = Measure(data, inputs[i], units: layers[i].OutputShape[^1]);
            Find(model, $"{layers[i].Name}/mean").Assign(mean);
            Find(model, $"{layers[i].Name}/variance").Assign(variance);
        }
    }

    // Follows the values back to the input.
    private static InputDescription InputOf(NetworkDescription network, LayerDescription layer)
    {
        string source = layer.Inputs[0];
        while (network.Layers.FirstOrDefault(before => before.Name == source) is { } before)
        {
            if (!s_transparent.Contains(before.Kind))
            {
                throw new InvalidOperationException(
                    $"Layer {layer.Name} cannot be adapted: {before.Name} ({before.Kind}) before it changes the data. "
                    + $"Only {string.Join(" and ", s_transparent)} may come first.");
            }

            source = before.Inputs[0];
        }

        return network.Inputs.Single(input => input.Name == source);
    }

    /// <summary>
    /// Mean and variance (Σ(x − mean)²/n) of each unit of the last axis over all rows and other axes, in double precision: the sum of
    /// squares less the square of the sum would lose what a large mean hides.
    /// </summary>
    private static (float[] Mean, float[] Variance) Measure(Dataset data, InputDescription input, int units)
    {
        double count = (double)data.Count * input.Size / units;
        double[] mean = new double[units];
        double[] variance = new double[units];
        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> values = ValuesOf(data, input, row);
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    throw new ArgumentException(
                        $"The data must be finite, but value {input.RowOffset + i} of row {row} is {values[i]}.", nameof(data));
                }

                mean[i % units] += values[i] / count;
            }
        }

        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> values = ValuesOf(data, input, row);
            for (int i = 0; i < values.Length; i++)
            {
                double deviation = values[i] - mean[i % units];
                variance[i % units] += deviation * deviation / count;
            }
        }

        return ([.. mean.Select(static value => (float)value)], [.. variance.Select(static value => (float)value)]);
    }

    private static ReadOnlySpan<float> ValuesOf(Dataset data, InputDescription input, int row) =>
        data.FeaturesOf(row).Slice(input.RowOffset, input.Size);

    private static Parameter Find(Model model, string name) => model.Parameters.Single(parameter => parameter.Name == name);
}
