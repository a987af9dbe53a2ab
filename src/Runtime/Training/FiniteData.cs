using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>Looks for features and targets that are NaN or infinite: no kernel sees them, and no learning rate is blamed for them.</summary>
/// <remarks>
/// Data that fit a cache are looked through before anything runs. To read larger data once more would take longer than a small network
/// computes: they are looked through batch by batch, when they have been fetched anyway.
/// </remarks>
internal static class FiniteData
{
    private const int FloatsOfACache = 1 << 18;

    /// <summary>Whether all values are finite.</summary>
    public static bool Holds(ReadOnlySpan<float> values) => float.IsFinite(Magnitude.Largest(values));

    /// <summary>Whether the first <paramref name="size"/> of every <paramref name="stride"/> values are finite.</summary>
    // Between rows that do not follow each other stands what other values have left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Holds(ReadOnlySpan<float> rows, int size, int stride)
    {
        if (size == stride)
        {
            return Holds(rows);
        }

        for (int start = 0; start < rows.Length; start += stride)
        {
            if (!Holds(rows.Slice(start, size)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names the first value of data that fit a cache which is not finite; null where there is none, or the data are larger.</summary>
    public static string? FindFaultOfSmall(Dataset data) =>
        (long)data.Features.Length + data.Targets.Length > FloatsOfACache || (Holds(data.Features) && Holds(data.Targets))
            ? null
            : FindFault(data, RowOrder.Identity(data.Count));

    /// <summary>Names the first value of some rows that is not finite; null where there is none.</summary>
    public static string? FindFault(Dataset data, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if (FindFault(data.FeaturesOf(row), "feature", row) is string ofFeatures)
            {
                return ofFeatures;
            }

            if (FindFault(data.TargetOf(row), "target", row) is string ofTargets)
            {
                return ofTargets;
            }
        }

        return null;
    }

    private static string? FindFault(ReadOnlySpan<float> values, string kind, int row)
    {
        for (int column = 0; column < values.Length; column++)
        {
            if (!float.IsFinite(values[column]))
            {
                return $"All values must be finite, but {kind} {column} of row {row}, both counted from 0, is {values[column]}";
            }
        }

        return null;
    }
}
