using System.Globalization;
using System.Text;

namespace Unroll.Data;

/// <summary>The text of one cell, as messages show it.</summary>
internal static class CellText
{
    private const int LongestShown = 60;

    /// <summary>The text in quotes and on one line, cut where it becomes long; what is invisible, by its code.</summary>
    public static string Show(string? text) =>
        Show(text, static character => character != ' ' && InvisibleText.IsInvisible(character));

    /// <summary>As <see cref="Show(string?)"/>, with all but the characters of ASCII by their codes.</summary>
    public static string ShowExactly(string text) => Show(text, static character => character is < ' ' or > '~');

    private static string Show(string? text, Func<char, bool> isCoded)
    {
        if (text is null)
        {
            return "null";
        }

        string shown = text.Length <= LongestShown ? text : text[..LongestShown] + "...";
        var line = new StringBuilder("'");
        foreach (char character in shown.ReplaceLineEndings("\n"))
        {
            _ = character == '\n' ? line.Append("\\n")
                : isCoded(character) ? line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : line.Append(character);
        }

        return line.Append('\'').ToString();
    }

    /// <summary>Many texts, the first few shown.</summary>
    public static string ShowAll(IReadOnlyList<string?> texts)
    {
        const int Shown = 20;
        string list = string.Join(", ", texts.Take(Shown).Select(Show));
        return texts.Count <= Shown ? list : $"{list}, ... ({texts.Count} in all)";
    }
}
