using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;

namespace VerifyTests;

/// <summary>What a generator run amounts to: a snapshot of each generated file and, only where there are any, one of the diagnostics.</summary>
internal static class GeneratorSnapshots
{
    public static IReadOnlyList<Snapshot> Of(GeneratorDriverRunResult run, IReadOnlyList<Func<GeneratedSourceResult, bool>> ignored)
    {
        Exception[] exceptions = [.. run.Results.Select(static result => result.Exception).OfType<Exception>()];
        if (exceptions.Length == 1)
        {
            ExceptionDispatchInfo.Throw(exceptions[0]);
        }

        if (exceptions.Length > 1)
        {
            throw new AggregateException(exceptions);
        }

        var snapshots = new List<Snapshot>();
        if (!run.Diagnostics.IsEmpty)
        {
            snapshots.Add(new Snapshot(Name: null, "txt", DiagnosticsText.Of(run.Diagnostics)));
        }

        snapshots.AddRange(run.Results
            .SelectMany(static result => result.GeneratedSources)
            .Where(source => !ignored.Any(isIgnored => isIgnored(source)))
            .OrderBy(static source => source.HintName, StringComparer.Ordinal)
            .Select(Of));
        return snapshots;
    }

    private static Snapshot Of(GeneratedSourceResult source)
    {
        string text = $"//HintName: {source.HintName}\n{source.SourceText}".ReplaceLineEndings("\n");
        return new Snapshot(Path.GetFileNameWithoutExtension(source.HintName), "cs", text);
    }
}
