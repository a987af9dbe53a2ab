using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace VerifyTests;

/// <summary>Diagnostics as Verify.SourceGenerators writes them: JSON without quotes, and without what is empty, 0 or false.</summary>
internal static class DiagnosticsText
{
    public static string Of(IReadOnlyList<Diagnostic> diagnostics)
    {
        var text = new StringBuilder("{\n  Diagnostics: [\n");
        text.AppendJoin(",\n", diagnostics.Select(static diagnostic => Block("    ", Describe(diagnostic))));
        return text.Append("\n  ]\n}").ToString();
    }

    private static (string Name, string? Value)[] Describe(Diagnostic diagnostic) =>
    [
        ("Location", diagnostic.Location.GetMappedLineSpan().ToString()),
        ("Message", diagnostic.GetMessage(CultureInfo.InvariantCulture)),
        ("Severity", diagnostic.Severity.ToString()),
        ("WarningLevel", diagnostic.WarningLevel == 0 ? null : diagnostic.WarningLevel.ToString(CultureInfo.InvariantCulture)),
        ("Descriptor", Block("      ", Describe(diagnostic.Descriptor)).TrimStart()),
    ];

    private static (string Name, string? Value)[] Describe(DiagnosticDescriptor descriptor) =>
    [
        ("Id", descriptor.Id),
        ("Title", descriptor.Title.ToString(CultureInfo.InvariantCulture)),
        ("Description", descriptor.Description.ToString(CultureInfo.InvariantCulture)),
        ("HelpLink", descriptor.HelpLinkUri),
        ("MessageFormat", descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture)),
        ("Category", descriptor.Category),
        ("DefaultSeverity", descriptor.DefaultSeverity == DiagnosticSeverity.Hidden ? null : descriptor.DefaultSeverity.ToString()),
        ("IsEnabledByDefault", descriptor.IsEnabledByDefault ? "true" : null),
        ("CustomTags", CustomTags(descriptor)),
    ];

    private static string? CustomTags(DiagnosticDescriptor descriptor) =>
        descriptor.CustomTags.Any()
            ? $"[\n          {string.Join(",\n          ", descriptor.CustomTags)}\n        ]"
            : null;

    private static string Block(string indent, IEnumerable<(string Name, string? Value)> properties)
    {
        IEnumerable<string> lines = properties
            .Where(static property => !string.IsNullOrEmpty(property.Value))
            .Select(property => $"{indent}  {property.Name}: {property.Value}");
        return $"{indent}{{\n{string.Join(",\n", lines)}\n{indent}}}";
    }
}
