using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>Compiles many sources at once, each in a file and a namespace of its own, and says for each what must not be.</summary>
internal sealed class HostileBatch
{
    private readonly CSharpCompilation _alone;
    private readonly GeneratorOutcome _outcome;
    private readonly SyntaxTree[] _users;
    private readonly ILookup<string, SyntaxTree> _generated;

    private HostileBatch(IEnumerable<string> bodies)
    {
        string[] sources = [.. bodies.Select(static (body, index) => $"using Unroll;\nnamespace {NamespaceOf(index)};\n{body}")];
        _alone = GeneratorHarness.Compilation(sources);
        _outcome = GeneratorHarness.Run(_alone, GeneratorHarness.Driver());
        _users = [.. _alone.SyntaxTrees];
        _generated = _outcome.Compilation.SyntaxTrees.Except(_users).ToLookup(static tree => Path.GetFileName(tree.FilePath).Split('.')[0], StringComparer.Ordinal);
    }

    /// <param name="bodies">Sources without usings and namespace.</param>
    /// <param name="onlyDeclares">The sources use no member of a network, so that none of their errors is due to a missing one.</param>
    /// <param name="mostCompiled">For how many networks without a fault the generated code is compiled, which takes most of the time.</param>
    public static void Check(IEnumerable<string> bodies, bool onlyDeclares, int mostCompiled = int.MaxValue)
    {
        string[] texts = [.. bodies];
        var batch = new HostileBatch(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            if (batch.Fault(i, onlyDeclares, ref mostCompiled) is { } fault)
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

    private string? Fault(int index, bool onlyDeclares, ref int mostCompiled)
    {
        Diagnostic[] reported = [.. _outcome.Reported.Where(diagnostic => diagnostic.Location.SourceTree == _users[index])];
        if (reported.FirstOrDefault(static diagnostic => diagnostic.Id == "UNR9999") is { } failure)
        {
            return failure.ToString();
        }

        bool isRejected = reported.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Diagnostic[] errors = [.. Errors(_outcome.Compilation, _users[index])];
        if (onlyDeclares && errors.FirstOrDefault(Brought(index)) is { } caused)
        {
            return $"generated code brings an error into the user's: {caused}";
        }

        // Where the source is wrong by itself, running to the end is all there is to ask.
        if (errors.Length > 0)
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

        Diagnostic? broken = files.SelectMany(file => Worst(_outcome.Compilation, file)).FirstOrDefault();
        return broken is null ? null : $"{broken}\n{broken.Location.SourceTree}";
    }

    // A class that cannot be reopened is reopened all the same, for its members' sake: the language says then what the diagnostic says.
    private Func<Diagnostic, bool> Brought(int index)
    {
        HashSet<(string, TextSpan)> own = [.. Errors(_alone, _users[index]).Select(Key)];
        return error => error.Id != "CS0260" && !own.Contains(Key(error));
    }

    private static (string Id, TextSpan Span) Key(Diagnostic diagnostic) => (diagnostic.Id, diagnostic.Location.SourceSpan);

    private static IEnumerable<Diagnostic> Errors(Compilation compilation, SyntaxTree tree) =>
        Worst(compilation, tree).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static IEnumerable<Diagnostic> Worst(Compilation compilation, SyntaxTree tree) => compilation.GetSemanticModel(tree)
        .GetDiagnostics(cancellationToken: TestContext.Current.CancellationToken)
        .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
}
