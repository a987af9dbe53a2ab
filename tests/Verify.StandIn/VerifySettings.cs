namespace VerifyTests;

/// <summary>What holds for one verification.</summary>
public sealed class VerifySettings
{
    internal string? Directory { get; private set; }

    internal LineScrubbers Scrubbers { get; } = new();

    /// <summary>Keeps the verified files in <paramref name="directory"/>, relative to the test's source file.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>Passes every line through <paramref name="replaceLine"/> before it is compared; null drops the line.</summary>
    public void ScrubLinesWithReplace(Func<string, string?> replaceLine) => Scrubbers.Add(replaceLine);
}
