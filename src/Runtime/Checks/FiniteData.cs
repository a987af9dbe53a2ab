using Unroll.Compiled;
using Unroll.Data;
using Unroll.Numerics;

namespace Unroll.Checks;

/// <summary>Looks for features and targets that are NaN or infinite: no kernel sees them, and no learning rate is blamed for them.</summary>
/// <remarks>
/// Data that fit a cache are looked through before anything runs. To read larger data once more would take longer than a small network
/// computes: they are looked through batch by batch, when they have been fetched anyway.
/// </remarks>
internal static class FiniteData
{
    private const int FloatsOfACache = 1 << 18;

    /// <summary>Names the first value of data that fit a cache which is not finite; null where there is none, or the data are larger.</summary>
    public static string? FindFaultOfSmall(NetworkDescription network, OutputGoal[] goals, Dataset data) =>
        (long)data.Features.Length + data.Targets.Length > FloatsOfACache || (Magnitude.AreFinite(data.Features) && Magnitude.AreFinite(data.Targets))
            ? null
            : FindFault(network, goals, data, RowOrder.Identity(data.Count));

    /// <summary>Names the first value of some rows that is not finite; null where there is none.</summary>
    public static string? FindFault(NetworkDescription network, OutputGoal[] goals, Dataset data, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((FaultOfFeatures(network, data, row) ?? FaultOfTargets(goals, data, row)) is string fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FaultOfFeatures(NetworkDescription network, Dataset data, int row)
    {
        ReadOnlySpan<float> features = data.FeaturesOf(row);
        int column = IndexOf(features);
        if (column < 0)
        {
            return null;
        }

        InputDescription input = network.Inputs.Last(input => input.RowOffset <= column);
        return Fault(
            network.Inputs.Count == 1 ? $"feature {column} of" : $"position {column - input.RowOffset} of input {input.Name} in", row, features[column]);
    }

    private static string? FaultOfTargets(OutputGoal[] goals, Dataset data, int row)
    {
        ReadOnlySpan<float> targets = data.TargetOf(row);
        int column = IndexOf(targets);
        if (column < 0)
        {
            return null;
        }

        OutputGoal goal = goals.Last(goal => goal.TargetOffset <= column);
        return Fault(
            goals.Length == 1 ? $"target {column} of" : $"position {column - goal.TargetOffset} of the target of output {goal.Output.Name} in", row, targets[column]);
    }

    private static string Fault(string place, int row, float value) =>
        $"All values must be finite, but {place} row {row}, both counted from 0, is {value}";

    // The position of the first value that is not finite; −1 where there is none.
    private static int IndexOf(ReadOnlySpan<float> values)
    {
        for (int column = 0; column < values.Length; column++)
        {
            if (!float.IsFinite(values[column]))
            {
                return column;
            }
        }

        return -1;
    }
}
