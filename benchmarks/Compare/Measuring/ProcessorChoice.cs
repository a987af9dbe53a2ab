using System.Diagnostics;
using System.Numerics;

namespace Unroll.Benchmarks;

/// <summary>The processors that this program, and what it starts, may run on.</summary>
/// <remarks>Set on Linux and Windows, before any other thread starts: threads and processes take it over from who starts them.</remarks>
internal static class ProcessorChoice
{
    private static readonly nint s_original = Current;

    public static int OriginalCount => BitOperations.PopCount((nuint)s_original);

    private static nint Current
    {
        get => OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? Process.GetCurrentProcess().ProcessorAffinity : 1;
        set
        {
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            {
                Process.GetCurrentProcess().ProcessorAffinity = value;
            }
        }
    }

    /// <summary>Whether this process may run there.</summary>
    public static bool Has(int processor) => processor is >= 0 and < 64 && (s_original & ((nint)1 << processor)) != 0;

    /// <summary>Stays on these processors, numbered from 0; on all where none is named.</summary>
    public static void Pin(IReadOnlyList<int> processors)
    {
        nint mask = 0;
        foreach (int processor in processors)
        {
            mask |= (nint)1 << processor;
        }

        Current = mask == 0 ? s_original : mask;
    }

    /// <summary>Does something, such as starting a process, on all processors there were at first.</summary>
    public static T OnAll<T>(Func<T> action)
    {
        nint chosen = Current;
        Current = s_original;
        try
        {
            return action();
        }
        finally
        {
            Current = chosen;
        }
    }
}
