using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <summary>The descriptors by id. A class of its own, so that it exists before the first of them, whichever file that stands in.</summary>
internal static class DescriptorTable
{
    private static readonly Dictionary<string, DiagnosticDescriptor> s_byId = new(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, DiagnosticDescriptor> ById => s_byId;

    public static DiagnosticDescriptor Add(DiagnosticDescriptor descriptor)
    {
        s_byId.Add(descriptor.Id, descriptor);
        return descriptor;
    }
}
