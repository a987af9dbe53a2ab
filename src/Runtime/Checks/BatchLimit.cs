using Unroll.Compiled;
using Unroll.Memory;

namespace Unroll.Checks;

/// <summary>How many samples a step can have: targets and outputs of all of them lie in one array, and activations where a step needs all at once.</summary>
internal static class BatchLimit
{
    /// <exception cref="ArgumentOutOfRangeException">There are more.</exception>
    public static void Require(NetworkDescription network, OutputGoal[] goals, int samples, string argument)
    {
        if (FindFault(network, goals, samples) is string fault)
        {
            throw new ArgumentOutOfRangeException(argument, samples, $"{fault}.");
        }
    }

    /// <summary>What is wrong with a step of so many samples; null where nothing is.</summary>
    public static string? FindFault(NetworkDescription network, OutputGoal[] goals, int samples)
    {
        int most = MostSamples(network, goals);
        return samples <= most
            ? null
            : $"A step of {samples} samples of {network.Name} needs more memory than one array holds; "
                + $"take batches of at most {most}";
    }

    private static int MostSamples(NetworkDescription network, OutputGoal[] goals)
    {
        int size = 1;
        foreach (OutputGoal goal in goals)
        {
            size = Math.Max(size, Math.Max(goal.TargetSize, goal.Output.SampleStride));
        }

        return Math.Min(Array.MaxLength / size, network.KeepsBatch ? Arena.MostFloats / Math.Max(1, network.TrainingSampleFloats) : Array.MaxLength);
    }
}
