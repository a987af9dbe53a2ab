using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>Reports layers on a type without <c>[Network]</c> or <c>[Block]</c>, which the generator never meets.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrphanLayerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.LayersWithoutNetwork];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        ImmutableArray<AttributeData> attributes = context.Symbol.GetAttributes();
        AttributeData? layer = attributes.FirstOrDefault(MetadataNames.IsLayer);
        if (layer is null || attributes.Any(IsMarker))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            DiagnosticDescriptors.LayersWithoutNetwork,
            AttributeSource.Location(layer),
            context.Symbol.ToDisplayString(),
            AttributeSource.Text(layer)));
    }

    private static bool IsMarker(AttributeData attribute) =>
        MetadataNames.Is(attribute.AttributeClass, MetadataNames.Network) || MetadataNames.Is(attribute.AttributeClass, MetadataNames.Block);
}
