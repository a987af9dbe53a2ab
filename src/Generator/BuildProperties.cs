using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator;

/// <summary>The properties of a build that the compiler reads; the package makes them visible to it.</summary>
internal static class BuildProperties
{
    private const string Dump = "build_property.UnrollDump";
    private const string Machines = "build_property.UnrollMachines";

    /// <summary>Whether the graphs of the networks are written too.</summary>
    public static bool IsDumping(AnalyzerConfigOptions options) =>
        options.TryGetValue(Dump, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The machines whose kernels are written, widest first: all, unless the build names some. Its targets refuse other names.</summary>
    public static EquatableArray<SimdMachine> MachinesOf(AnalyzerConfigOptions options)
    {
        string[] names = options.TryGetValue(Machines, out string? value) ? value.Split(',') : [];
        var named = SimdMachine.WidestFirst
            .Where(machine => names.Any(name => string.Equals(name.Trim(), machine.Name, StringComparison.OrdinalIgnoreCase)))
            .ToEquatableArray();
        return named.Count > 0 ? named : SimdMachine.All;
    }
}
