using Unroll.Compiled;

namespace Unroll;

/// <summary>Holds a data set against the network and the loss before any kernel runs.</summary>
internal static class DatasetCheck
{
    /// <exception cref="ArgumentException">The sizes do not fit, or the loss refuses a target.</exception>
    public static void Require(Model model, Dataset data, string argument)
    {
        NetworkDescription network = model.Network;
        Loss loss = model.Loss!;
        if (data.FeatureSize != network.InputSize)
        {
            throw new ArgumentException(
                $"{network.Name} takes samples of {network.InputSize} values ({string.Join(" × ", network.InputShape)}), but the data has {data.FeatureSize}.",
                argument);
        }

        int expected = network.OutputVectors * loss.TargetSizeFor(network.OutputColumns);
        if (data.TargetSize != expected)
        {
            throw new ArgumentException(
                $"{loss.Name} over an output of {string.Join(" × ", network.OutputShape)} expects {expected} target values a sample, but the data has {data.TargetSize}.",
                argument);
        }

        RequireTargets(network, loss, data, argument);
    }

    private static void RequireTargets(NetworkDescription network, Loss loss, Dataset data, string argument)
    {
        int length = data.TargetSize / network.OutputVectors;
        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> target = data.TargetOf(row);
            for (int first = 0; first < target.Length; first += length)
            {
                if (loss.FindFault(target.Slice(first, length), network.OutputColumns) is string fault)
                {
                    throw new ArgumentException($"{loss.Name}: the target of row {row} is not usable: {fault}.", argument);
                }
            }
        }
    }
}
