using Unroll.Checks;
using Unroll.Compiled;

namespace Unroll.Running;

/// <summary>Measures mean and variance of the data for the Normalization layers of a network, as <c>keras.layers.Normalization.adapt</c>.</summary>
internal static class Adaptation
{
    public static void Run(NetworkInstance instance, Dataset data)
    {
        NetworkDescription network = instance.Network;
        AdaptedDescription[] layers = [.. network.Adapted];
        if (layers.Length == 0)
        {
            throw new InvalidOperationException($"{network.Name} has no Normalization layer to adapt.");
        }

        if (DatasetCheck.FaultOfInputs(network, data) is string fault)
        {
            throw new ArgumentException($"{fault}.", nameof(data));
        }

        InputDescription[] inputs = [.. layers.Select(layer => InputOf(network, layer))];
        var measured = new (float[] Mean, float[] Variance)[layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            measured[i] = Measure(data, inputs[i], layers[i].Layer, instance.Parameters[layers[i].Mean].Count);
        }

        for (int i = 0; i < layers.Length; i++)
        {
            instance.Parameters[layers[i].Mean].Assign(measured[i].Mean);
            instance.Parameters[layers[i].Variance].Assign(measured[i].Variance);
        }
    }

    private static InputDescription InputOf(NetworkDescription network, AdaptedDescription layer)
    {
        if (network.Layers.FirstOrDefault(before => before.Name == layer.Source) is { } changing)
        {
            throw new InvalidOperationException(
                $"Layer {layer.Layer} cannot be adapted: {changing.Name} ({changing.Kind}) before it changes the data. Only Flatten and Reshape may come first.");
        }

        return network.Inputs.Single(input => input.Name == layer.Source);
    }

    /// <summary>
    /// Mean and variance (Σ(x − mean)²/n) of each unit of the last axis over all rows and other axes, in double precision: the sum of
    /// squares less the square of the sum would lose what a large mean hides.
    /// </summary>
    private static (float[] Mean, float[] Variance) Measure(Dataset data, InputDescription input, string layer, int units)
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

        int vast = Array.FindIndex(variance, static value => !float.IsFinite((float)value));
        return vast < 0
            ? ([.. mean.Select(static value => (float)value)], [.. variance.Select(static value => (float)value)])
            : throw new ArgumentException(
                $"The variance of unit {vast} of {layer}'s input is {variance[vast]:0.###e+0}, more than single precision holds; "
                + "divide these values by a constant first.",
                nameof(data));
    }

    /// <summary>Refuses to train behind a layer that was not told mean and variance, and so passes the data on as they are.</summary>
    /// <exception cref="InvalidOperationException">A Normalization layer has neither been adapted nor assigned its parameters.</exception>
    public static void RequireDone(NetworkInstance instance)
    {
        foreach (AdaptedDescription layer in instance.Network.Adapted)
        {
            if (!instance.Parameters[layer.Mean].WasSet && !instance.Parameters[layer.Variance].WasSet)
            {
                throw new InvalidOperationException(
                    $"Layer {layer.Layer} (Normalization) knows no mean and no variance yet: call Adapt(training) before Fit, or assign "
                    + $"{layer.Mean} and {layer.Variance}, or load weights.");
            }
        }
    }

    private static ReadOnlySpan<float> ValuesOf(Dataset data, InputDescription input, int row) =>
        data.FeaturesOf(row).Slice(input.RowOffset, input.Size);
}
