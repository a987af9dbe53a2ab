namespace VerifyTests;

/// <summary>What holds for every verification of the assembly; to be set from a module initializer.</summary>
public static class VerifierSettings
{
    internal static LineScrubbers Scrubbers { get; } = new();

    /// <summary>Passes every line through <paramref name="replaceLine"/> before it is compared; null drops the line.</summary>
    public static void ScrubLinesWithReplace(Func<string, string?> replaceLine) => Scrubbers.Add(replaceLine);
}
