using Microsoft.CodeAnalysis.Diagnostics;

namespace Unroll.Generator;

/// <summary>The properties of a build that the compiler reads; the package makes them visible to it.</summary>
internal static class BuildProperties
{
    private const string Dump = "build_property.UnrollDump";

    /// <summary>Whether the graphs of the networks are written too.</summary>
    public static bool IsDumping(AnalyzerConfigOptions options) =>
        options.TryGetValue(Dump, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
