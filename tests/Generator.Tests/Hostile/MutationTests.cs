using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>Sources with a token deleted, doubled or swapped: half-typed code must never take the generator down or get broken code.</summary>
public class MutationTests
{
    private const string Source = """
        using Unroll;
        namespace Shop.Data;
        public partial class Outer
        {
            [Network(28, 28)]
            [Flatten]
            [Dense(128, Activation.Relu, KernelL2 = 0.5f, Name = "hidden")]
            [Dropout(0.2f), Dense(units: 10, activation: Activation.Softmax)]
            internal sealed partial class Digits : System.IDisposable
            {
                public Digits(string name) : this(seed: 3) { }
                public void Dispose() { }
            }
        }
        [Network(new[] { 4 })] [Activate(Activation.Elu, Alpha = 0.5f), Reshape(2, -1)] [Use<Body>(Repeat = 2), Residual<Body>] partial class Other;
        [Block] [Permute(2, 1), BatchNormalization(Momentum = 0.9f)] class Body;
        """;

    public static TheoryData<string> Mutations => ["delete", "double", "swap"];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void NeverTakeTheGeneratorDown(string mutation)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(Source, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken)
            .DescendantTokens()
            .Where(static token => token.Span.Length > 0)];
        for (int i = 0; i + 1 < tokens.Length; i++)
        {
            string source = Mutate(mutation, tokens[i], tokens[i + 1]);
            GeneratorOutcome outcome = GeneratorHarness.Run(source);

            // Where the source does not even parse, running to the end is all there is to ask.
            if (outcome.Compilation.SyntaxTrees.First().GetDiagnostics(TestContext.Current.CancellationToken).Any())
            {
                continue;
            }

            Assert.True(
                !outcome.FromCompiler.Any(IsGenerated) || outcome.FromCompiler.Any(IsErrorOfTheUser),
                $"{string.Join("\n", outcome.FromCompiler)}\n{source}");
        }
    }

    private static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static bool IsErrorOfTheUser(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error && !IsGenerated(diagnostic);

    private static string Mutate(string mutation, SyntaxToken token, SyntaxToken next)
    {
        string before = Source[..token.SpanStart];
        string between = Source[token.Span.End..next.SpanStart];
        return mutation switch
        {
            "delete" => before + Source[token.Span.End..],
            "double" => $"{before}{token.Text} {token.Text}{Source[token.Span.End..]}",
            _ => $"{before}{next.Text}{between}{token.Text}{Source[next.Span.End..]}",
        };
    }
}
