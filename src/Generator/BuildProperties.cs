using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator;

/// <summary>The properties of a build that the compiler reads; the package makes them visible to it.</summary>
internal static class BuildProperties
{
    private const string Dump = "build_property.UnrollDump";
    private const string Machines = "build_property.UnrollMachines";
    private const string EveryMachine = "All";

    /// <summary>Whether the graphs of the networks are written too.</summary>
    public static bool IsDumping(AnalyzerConfigOptions options) =>
        options.TryGetValue(Dump, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The machines whose kernels are written, widest first: all, unless the build names some. Its targets refuse other names.</summary>
    public static EquatableArray<SimdMachine> MachinesOf(AnalyzerConfigOptions options)
    {
        string[] names = options.TryGetValue(Machines, out string? value) ? [.. value.Split(',').Select(static name => name.Trim())] : [];
        bool Names(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        var named = SimdMachine.WidestFirst.Where(machine => Names(machine.Name) || Names(EveryMachine)).ToEquatableArray();
        return named.Count > 0 ? named : SimdMachine.WidestFirst;
    }
}
