using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>Compiles many sources at once, each in a file and a namespace of its own, and says for each what must not be.</summary>
internal sealed class HostileBatch
{
    private readonly GeneratorOutcome _outcome;
    private readonly SyntaxTree[] _users;
    private readonly ILookup<string, SyntaxTree> _generated;

    private HostileBatch(IEnumerable<string> bodies)
    {
        string[] sources = [.. bodies.Select(static (body, index) => $"using Unroll;\nnamespace {NamespaceOf(index)};\n{body}")];
        CSharpCompilation compilation = GeneratorHarness.Compilation(sources);
        _outcome = GeneratorHarness.Run(compilation, GeneratorHarness.Driver());
        _users = [.. compilation.SyntaxTrees];
        _generated = _outcome.Compilation.SyntaxTrees.Except(_users).ToLookup(static tree => Path.GetFileName(tree.FilePath).Split('.')[0], StringComparer.Ordinal);
    }

    /// <param name="bodies">Sources without usings and namespace.</param>
    /// <param name="mostCompiled">For how many networks without a fault the generated code is compiled, which takes most of the time.</param>
    public static void Check(IEnumerable<string> bodies, int mostCompiled = int.MaxValue)
    {
        string[] texts = [.. bodies];
        var batch = new HostileBatch(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            if (batch.Fault(i, ref mostCompiled) is { } fault)
            {
                throw new InvalidOperationException($"{fault}\n{texts[i]}");
            }
        }

        string[] again = [.. new HostileBatch(texts)._outcome.Sources.Select(static source => source.SourceText.ToString())];
        if (!again.SequenceEqual(batch._outcome.Sources.Select(static source => source.SourceText.ToString())))
        {
            throw new InvalidOperationException("The same sources gave other bytes:\n" + string.Join("\n", texts));
        }
    }

    private static string NamespaceOf(int index) => "Case" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string? Fault(int index, ref int mostCompiled)
    {
        Diagnostic[] reported = [.. _outcome.Reported.Where(diagnostic => diagnostic.Location.SourceTree == _users[index])];
        if (reported.FirstOrDefault(static diagnostic => diagnostic.Id == "UNR9999") is { } failure)
        {
            return failure.ToString();
        }

        // Where the source does not even parse, running to the end is all there is to ask.
        bool isRejected = reported.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (_users[index].GetDiagnostics().Any() || Worst(_users[index]).Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return null;
        }

        SyntaxTree[] files = [.. _generated[NamespaceOf(index)]];
        bool isNetwork = _users[index].ToString().Contains("[Network", StringComparison.Ordinal);
        if (files.Length == 0 && !isRejected && isNetwork)
        {
            return "neither code nor a diagnostic";
        }

        if (!isRejected && mostCompiled-- <= 0)
        {
            return null;
        }

        Diagnostic? broken = files.SelectMany(Worst).FirstOrDefault();
        return broken is null ? null : $"{broken}\n{broken.Location.SourceTree}";
    }

    private IEnumerable<Diagnostic> Worst(SyntaxTree tree) => _outcome.Compilation.GetSemanticModel(tree)
        .GetDiagnostics(cancellationToken: TestContext.Current.CancellationToken)
        .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
}
