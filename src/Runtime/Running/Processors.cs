using System.Globalization;
using System.Numerics;

namespace Unroll.Running;

/// <summary>The processors that this process may run on.</summary>
internal static class Processors
{
    private const string Status = "/proc/self/status";
    private const string Mask = "Cpus_allowed:";

    /// <summary>
    /// How many there are: at most <see cref="Environment.ProcessorCount"/>, which may have been told more than there are
    /// (<c>DOTNET_PROCESSOR_COUNT</c>), as Linux says.
    /// </summary>
    public static int Count { get; } = Math.Min(Environment.ProcessorCount, Allowed());

    // From the mask itself: System.Diagnostics.Process would add a tenth of a megabyte to every program.
    private static int Allowed()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Status))
        {
            return int.MaxValue;
        }

        string? mask = File.ReadLines(Status).FirstOrDefault(static line => line.StartsWith(Mask, StringComparison.Ordinal));
        int allowed = 0;
        foreach (char digit in mask?[Mask.Length..] ?? "")
        {
            if (char.IsAsciiHexDigit(digit))
            {
                allowed += BitOperations.PopCount(uint.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }
        }

        return allowed > 0 ? allowed : int.MaxValue;
    }
}
