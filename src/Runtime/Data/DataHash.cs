using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Unroll.Data;

/// <summary>Tells data sets apart by what they hold: a checksum of shape and bits, no protection against intent.</summary>
internal static class DataHash
{
    // Of the golden ratio: odd, and its multiples are spread over all bits.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    /// <summary>As in messages: <c>1437 samples of 64 features and 1 targets (0123456789abcdef)</c>.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="weights">What each counts; empty where all count 1.</param>
    public static string Describe(Dataset data, ReadOnlySpan<float> weights)
    {
        ulong hash = Combine(Combine(Combine(1, data.Features), data.Targets), weights);
        return string.Create(
            CultureInfo.InvariantCulture, $"{data.Count} samples of {data.FeatureSize} features and {data.TargetSize} targets ({hash:x16})");
    }

    private static ulong Combine(ulong hash, ReadOnlySpan<float> values)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<float, ulong>(values);
        foreach (ulong word in words)
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ word) * Multiplier;
        }

        foreach (float value in values[(2 * words.Length)..])
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ BitConverter.SingleToUInt32Bits(value)) * Multiplier;
        }

        return (BitOperations.RotateLeft(hash, 23) ^ (ulong)values.Length) * Multiplier;
    }
}
