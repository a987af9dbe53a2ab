using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Benchmarks;

/// <summary>Where a run took place.</summary>
internal static class Machine
{
    /// <summary>The widths, in bits, whose kernels can run here, the widest first.</summary>
    public static IReadOnlyList<int> Widths { get; } =
        Vector512.IsHardwareAccelerated ? [512, 256, 128] : Vector256.IsHardwareAccelerated ? [256, 128] : [128];

    /// <summary>What to set in a process for kernels of a width.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentFor(int width) => width switch
    {
        512 => new Dictionary<string, string>(),
        256 => new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" },
        _ => new Dictionary<string, string> { ["DOTNET_EnableAVX2"] = "0" },
    };

    public static void Describe(Report report, Settings settings, string arguments)
    {
        string version = typeof(Model).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        string processors = settings.Processors.Count == 0 ? "not pinned" : $"pinned to processor {string.Join(", ", settings.Processors)}";
        report.List(
        [
            $"{DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, `{Command(arguments)}`",
            $"{Processor()}, {ProcessorChoice.OriginalCount} processors; {RuntimeInformation.OSDescription}",
            $"Unroll {version.Split('+')[0]} on {RuntimeInformation.FrameworkDescription}, vectors of {Widths[0]} bits",
            $"{settings.Threads} {(settings.Threads == 1 ? "thread" : "threads")} on every side, {processors}; turns: {settings.Turns}, of about {Format.Number(settings.Seconds * 1000)} ms a side",
        ]);
    }

    /// <summary>The bytes of the first processor's cache of a level; null where the system does not say.</summary>
    public static long? CacheBytes(int level)
    {
        const string Caches = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(Caches))
        {
            return null;
        }

        foreach (string cache in Directory.EnumerateDirectories(Caches, "index*"))
        {
            if (File.ReadAllText(Path.Join(cache, "level")).Trim() == level.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText(Path.Join(cache, "type")).Trim() != "Instruction")
            {
                return long.Parse(File.ReadAllText(Path.Join(cache, "size")).Trim().TrimEnd('K'), CultureInfo.InvariantCulture) * 1024;
            }
        }

        return null;
    }

    private static string Command(string arguments)
    {
        const string Plain = "dotnet run -c Release --project benchmarks/Compare";
        return arguments.Length == 0 ? Plain : $"{Plain} -- {arguments}";
    }

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        string name = line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        IEnumerable<string> caches = ((int[])[2, 3]).Select(static level => (level, bytes: CacheBytes(level)))
            .Where(static cache => cache.bytes is not null)
            .Select(static cache => $"L{cache.level} {Format.Bytes(cache.bytes!.Value)}");
        return string.Join(", ", [name, .. caches]);
    }
}
