using System.Diagnostics;
using System.Numerics;

namespace Unroll;

/// <summary>The processors that this process may run on.</summary>
internal static class Processors
{
    // A mask has a bit for each of so many.
    private const int MostInMask = 64;

    /// <summary>
    /// How many there are: at most <see cref="Environment.ProcessorCount"/>, which may have been told more than there are
    /// (<c>DOTNET_PROCESSOR_COUNT</c>).
    /// </summary>
    public static int Count { get; } = Math.Min(Environment.ProcessorCount, Allowed());

    private static int Allowed()
    {
        if (Environment.ProcessorCount >= MostInMask || !(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            return int.MaxValue;
        }

        using var process = Process.GetCurrentProcess();
        int allowed = BitOperations.PopCount((nuint)process.ProcessorAffinity);
        return allowed > 0 ? allowed : int.MaxValue;
    }
}
