using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Frontend;
using Unroll.Generator.Incremental;

namespace Unroll.Generator;

/// <summary>Repeats, invisibly, the problems that a code fix can mend.</summary>
/// <remarks>
/// Editors offer code fixes for what analyzers report, not for what generators do (dotnet/roslyn issue 67354). What the user sees, and what
/// breaks a build, remains the generator's: it runs where analyzers are switched off. Not configurable, or a severity set for the id would
/// show the problem twice.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FixableProblemAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_hidden = new[]
    {
        DiagnosticDescriptors.NotPartial,
        DiagnosticDescriptors.NestedInNonPartial,
        DiagnosticDescriptors.DropoutRateOutOfRange,
        DiagnosticDescriptors.LayersOnTwoDeclarations,
        DiagnosticDescriptors.InputSizeOutOfRange,
        DiagnosticDescriptors.UnitsOutOfRange,
        DiagnosticDescriptors.PenaltyOutOfRange,
        DiagnosticDescriptors.UnusableName,
        DiagnosticDescriptors.NumberOutOfRange,
        DiagnosticDescriptors.CountOutOfRange,
        DiagnosticDescriptors.RepeatVectorNeedsOneAxis,
        DiagnosticDescriptors.BudgetOutOfRange,
        DiagnosticDescriptors.SoftmaxAtSeveralPositions,
        DiagnosticDescriptors.UnknownValue,
        DiagnosticDescriptors.SharedUse,
    }.ToImmutableDictionary(static descriptor => descriptor.Id, Hide);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. s_hidden.Values];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        AttributeData? network = type.GetAttributes().FirstOrDefault(static attribute => MetadataNames.Is(attribute.AttributeClass, MetadataNames.Network));
        if (network is null || AttributeSource.Declaration(network) is not TypeDeclarationSyntax declaration || NetworkParser.Parse(type, declaration) is not { } parsed)
        {
            return;
        }

        foreach (Problem problem in ProblemCollector.Collect(parsed, failures: []))
        {
            if (s_hidden.TryGetValue(problem.Id, out DiagnosticDescriptor? hidden))
            {
                context.ReportDiagnostic(problem.ToDiagnostic(hidden, parsed.Locator.Locate(problem.Place), problem.Mends.Select(parsed.Locator.Locate)));
            }
        }
    }

    private static DiagnosticDescriptor Hide(DiagnosticDescriptor descriptor) => new(
        descriptor.Id,
        descriptor.Title,
        descriptor.MessageFormat,
        descriptor.Category,
        DiagnosticSeverity.Hidden,
        isEnabledByDefault: true,
        helpLinkUri: descriptor.HelpLinkUri,
        customTags: [WellKnownDiagnosticTags.NotConfigurable]);
}
