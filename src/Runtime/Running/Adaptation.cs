using Unroll.Checks;
using Unroll.Compiled;

namespace Unroll.Running;

/// <summary>Measures mean and variance of the data for the Normalization layers of a network, as <c>keras.layers.Normalization.adapt</c>.</summary>
internal static class Adaptation
{
    private const string Kind = "Normalization";

    /// <summary>What passes the data on with its numbers in their order.</summary>
    private static readonly string[] s_transparent = ["Flatten", "Reshape"];

    public static void Run(NetworkInstance instance, Dataset data)
    {
        NetworkDescription network = instance.Network;
        LayerDescription[] layers = [.. network.Layers.Where(static layer => layer.Kind == Kind)];
        if (layers.Length == 0)
        {
            throw new InvalidOperationException($"{network.Name} has no {Kind} layer to adapt.");
        }

        if (DatasetCheck.FaultOfInputs(network, data) is string fault)
        {
            throw new ArgumentException($"{fault}.", nameof(data));
        }

        InputDescription[] inputs = [.. layers.Select(layer => InputOf(network, layer))];
        var measured = new (float[] Mean, float[] Variance)[layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            measured[i] = Measure(data, inputs[i], layers[i]);
        }

        for (int i = 0; i < layers.Length; i++)
        {
            Find(instance, $"{layers[i].Name}/mean").Assign(measured[i].Mean);
            Find(instance, $"{layers[i].Name}/variance").Assign(measured[i].Variance);
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
    private static (float[] Mean, float[] Variance) Measure(Dataset data, InputDescription input, LayerDescription layer)
    {
        int units = layer.OutputShape[^1];
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

        int vast = Array.FindIndex(variance, static value => !float.IsFinite((float)value));
        return vast < 0
            ? ([.. mean.Select(static value => (float)value)], [.. variance.Select(static value => (float)value)])
            : throw new ArgumentException(
                $"The variance of unit {vast} of {layer.Name}'s input is {variance[vast]:0.###e+0}, more than single precision holds; "
                + "divide these values by a constant first.",
                nameof(data));
    }

    /// <summary>Refuses to train behind a layer that was not told mean and variance, and so passes the data on as they are.</summary>
    /// <exception cref="InvalidOperationException">A Normalization layer has neither been adapted nor assigned its parameters.</exception>
    public static void RequireDone(NetworkInstance instance)
    {
        foreach (LayerDescription layer in instance.Network.Layers.Where(static layer => layer.Kind == Kind))
        {
            string mean = $"{layer.Name}/mean";
            string variance = $"{layer.Name}/variance";
            if (!Find(instance, mean).WasSet && !Find(instance, variance).WasSet)
            {
                throw new InvalidOperationException(
                    $"Layer {layer.Name} (Normalization) knows no mean and no variance yet: call Adapt(training) before Fit, or assign "
                    + $"{mean} and {variance}, or load weights.");
            }
        }
    }

    private static ReadOnlySpan<float> ValuesOf(Dataset data, InputDescription input, int row) =>
        data.FeaturesOf(row).Slice(input.RowOffset, input.Size);

    private static Parameter Find(NetworkInstance instance, string name) => instance.Parameters[name];
}
