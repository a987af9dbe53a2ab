using Unroll.Generator.Model;

namespace Unroll.Generator.Diagnostics;

/// <summary>The names there are, for messages about one that is none of them.</summary>
internal static class NameList
{
    private const int MostNames = 12;

    /// <summary>The first of them, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names)
    {
        string rest = names.Count > MostNames ? $" and {NumberText.Of(names.Count - MostNames)} more" : "";
        return string.Join(", ", names.Take(MostNames)) + rest;
    }
}
