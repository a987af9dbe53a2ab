using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>Reports layers without <c>[Network]</c> or <c>[Block]</c> and budgets without <c>[Network]</c>: classes the generator never meets.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrphanAttributeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [DiagnosticDescriptors.LayersWithoutNetwork, DiagnosticDescriptors.BudgetWithoutNetwork];

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
        bool isNetwork = Has(attributes, MetadataNames.Network);
        if (!isNetwork && !Has(attributes, MetadataNames.Block))
        {
            Report(context, attributes.FirstOrDefault(MetadataNames.IsPart), DiagnosticDescriptors.LayersWithoutNetwork);
        }

        if (!isNetwork)
        {
            Report(context, BudgetReader.Find((INamedTypeSymbol)context.Symbol), DiagnosticDescriptors.BudgetWithoutNetwork);
        }
    }

    private static void Report(SymbolAnalysisContext context, AttributeData? orphan, DiagnosticDescriptor descriptor)
    {
        if (orphan is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                descriptor, AttributeSource.Location(orphan), context.Symbol.ToDisplayString(), AttributeSource.Text(orphan)));
        }
    }

    private static bool Has(ImmutableArray<AttributeData> attributes, string name) =>
        attributes.Any(attribute => MetadataNames.Is(attribute.AttributeClass, name));
}
