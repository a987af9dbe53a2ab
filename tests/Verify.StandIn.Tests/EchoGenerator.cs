using Microsoft.CodeAnalysis;

namespace VerifyTests.StandIn.Tests;

/// <summary>Adds the files and reports the messages that it was made with.</summary>
[Generator]
internal sealed class EchoGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor s_descriptor = new(
        "ECHO1", "An echo", "Heard: {0}", "Echo", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: "docs/ECHO1.md");

    public IReadOnlyList<(string HintName, string Source)> Files { get; init; } = [];

    public IReadOnlyList<string> Messages { get; init; } = [];

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(output =>
        {
            foreach ((string hintName, string source) in Files)
            {
                output.AddSource(hintName, source);
            }
        });
        context.RegisterSourceOutput(context.CompilationProvider, (output, _) =>
        {
            foreach (string message in Messages)
            {
                output.ReportDiagnostic(Diagnostic.Create(s_descriptor, Location.None, message));
            }
        });
    }
}
