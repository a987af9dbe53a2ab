using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Tests.Architecture;
using Unroll.Tests;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>Sources with a token deleted, doubled or swapped: half-typed code must never take the generator down or get broken code.</summary>
public class MutationTests
{
    private const int MutantsOfABatch = 40;
    private const int CompiledOfABatch = 12;

    private const string EveryFeature = """
        public partial class Outer
        {
            [Network(28, 28)]
            [Budget(MaxParameters = 200_000)]
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

    // There are thousands of tokens, and those of the samples are mostly alike.
    private static readonly int s_everyTokenOfFeatures = SlowTests.AreAskedFor ? 1 : 8;
    private static readonly int s_everyTokenOfSamples = SlowTests.AreAskedFor ? 1 : 32;

    public static MatrixTheoryData<string, string> Mutations => new(
        ["delete", "double", "swap"], ["every feature", "samples"]);

    [Theory]
    [MemberData(nameof(Mutations))]
    public void NeverTakeTheGeneratorDown(string mutation, string sources)
    {
        (string[] texts, int every) = sources == "samples" ? (NetworksOfTheSamples(), s_everyTokenOfSamples) : ([EveryFeature], s_everyTokenOfFeatures);
        Assert.NotEmpty(texts);
        foreach (string[] mutants in texts.SelectMany(text => Mutants(text, mutation, every)).Chunk(MutantsOfABatch))
        {
            HostileBatch.Check(mutants, onlyDeclares: false, CompiledOfABatch);
        }
    }

    private static string[] NetworksOfTheSamples() =>
    [
        .. RepositoryFiles.CSharpUnder("samples")
            .SelectMany(static file => file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>())
            .Where(static type => type.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString() is "Network" or "Block"))
            .Select(static type => type.ToString()),
    ];

    private static IEnumerable<string> Mutants(string source, string mutation, int every)
    {
        SyntaxToken[] tokens =
        [
            .. CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)
                .GetRoot(TestContext.Current.CancellationToken)
                .DescendantTokens()
                .Where(static token => token.Span.Length > 0),
        ];
        for (int i = 0; i + 1 < tokens.Length; i += every)
        {
            yield return Mutate(source, mutation, tokens[i], tokens[i + 1]);
        }
    }

    private static string Mutate(string source, string mutation, SyntaxToken token, SyntaxToken next)
    {
        string before = source[..token.SpanStart];
        string between = source[token.Span.End..next.SpanStart];
        return mutation switch
        {
            "delete" => before + source[token.Span.End..],
            "double" => $"{before}{token.Text} {token.Text}{source[token.Span.End..]}",
            _ => $"{before}{next.Text}{between}{token.Text}{source[next.Span.End..]}",
        };
    }
}
