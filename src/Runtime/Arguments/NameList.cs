namespace Unroll.Arguments;

/// <summary>Names in messages, which stay short whatever there is to name.</summary>
internal static class NameList
{
    private const int MostNames = 20;
    private const int MostCharacters = 80;

    /// <summary>The first names, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names)
    {
        string shown = string.Join(", ", names.Take(MostNames).Select(Shortened));
        return names.Count <= MostNames ? shown : $"{shown} and {names.Count - MostNames} more";
    }

    /// <summary>The beginning of a text that may be of any length.</summary>
    public static string Shortened(string text) => text.Length <= MostCharacters ? text : $"{text[..MostCharacters]}…";
}
