using Unroll.Compiled;

namespace Unroll;

/// <summary>Holds a data set against the network, the loss and the metrics before any kernel runs.</summary>
internal static class DatasetCheck
{
    /// <exception cref="ArgumentException">The sizes do not fit, or the loss refuses a target.</exception>
    public static void Require(Model model, Dataset data, string argument)
    {
        if (FindFault(model, data) is string fault)
        {
            throw new ArgumentException($"{fault}.", argument);
        }
    }

    /// <summary>What is wrong with the data; null where nothing is.</summary>
    public static string? FindFault(Model model, Dataset data)
    {
        NetworkDescription network = model.Network;
        Loss loss = model.Loss!;
        if (data.FeatureSize != network.InputSize)
        {
            return $"{network.Name} takes samples of {network.InputSize} values ({string.Join(" × ", network.InputShape)}), "
                + $"but the data has {data.FeatureSize}";
        }

        int expected = network.OutputVectors * loss.TargetSizeFor(network.OutputColumns);
        return data.TargetSize != expected
            ? $"{loss.Name} over an output of {string.Join(" × ", network.OutputShape)} expects {expected} target values a sample, "
                + $"but the data has {data.TargetSize}" + HintOf(network, loss, data)
            : FaultOfTargets(network, model.Metrics, loss, data) ?? data.FaultOfWeights();
    }

    // A Dense layer works on the last axis: without a Flatten before it there is a prediction for each row of the sample.
    private static string HintOf(NetworkDescription network, Loss loss, Dataset data) =>
        network.OutputVectors > 1 && data.TargetSize == loss.TargetSizeFor(network.OutputColumns)
            ? $", as many as for one vector of {network.OutputColumns}; a [Flatten] before the first Dense layer makes one prediction a sample "
                + $"of the {network.OutputVectors}"
            : "";

    private static string? FaultOfTargets(NetworkDescription network, Metric[] metrics, Loss loss, Dataset data)
    {
        int length = data.TargetSize / network.OutputVectors;
        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> target = data.TargetOf(row);
            for (int first = 0; first < target.Length; first += length)
            {
                ReadOnlySpan<float> vector = target.Slice(first, length);
                if (loss.FindFault(vector, network.OutputColumns) is string fault)
                {
                    return $"{loss.Name}: the target of row {row} is not usable: {fault}";
                }

                foreach (Metric metric in metrics)
                {
                    if (metric.FindFault(vector, network.OutputColumns) is string misfit)
                    {
                        return $"{metric.Name}: the target of row {row} is not usable: {misfit}";
                    }
                }
            }
        }

        return null;
    }
}
