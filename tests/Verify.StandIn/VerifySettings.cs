using Microsoft.CodeAnalysis;

namespace VerifyTests;

/// <summary>What holds for one verification.</summary>
public sealed class VerifySettings
{
    internal string? Directory { get; private set; }

    internal List<Func<GeneratedSourceResult, bool>> Ignored { get; } = [];

    internal LineScrubbers Scrubbers { get; } = new();

    /// <summary>Keeps the verified files in <paramref name="directory"/>, relative to the test's source file.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>Leaves out the generated files of which <paramref name="shouldIgnore"/> is true.</summary>
    public void IgnoreGeneratedResult(Func<GeneratedSourceResult, bool> shouldIgnore) => Ignored.Add(shouldIgnore);

    /// <summary>Passes every line through <paramref name="replaceLine"/> before it is compared; null drops the line.</summary>
    public void ScrubLinesWithReplace(Func<string, string?> replaceLine) => Scrubbers.Add(replaceLine);
}
