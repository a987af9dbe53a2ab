namespace VerifyTests;

/// <summary>What masks the parts of an output that are not to be compared, line by line.</summary>
internal sealed class LineScrubbers
{
    private readonly List<Func<string, string?>> _replacements = [];

    public void Add(Func<string, string?> replacement) => _replacements.Add(replacement);

    public string Apply(string text)
    {
        if (_replacements.Count == 0)
        {
            return text;
        }

        return string.Join('\n', text.Split('\n').Select(Replace).OfType<string>());
    }

    private string? Replace(string line)
    {
        string? replaced = line;
        foreach (Func<string, string?> replacement in _replacements)
        {
            replaced = replaced is null ? null : replacement(replaced);
        }

        return replaced;
    }
}
