using System.Globalization;

namespace Unroll.Data;

/// <summary>The text of one cell: read as a number the same way under every culture, and shown in messages.</summary>
internal static class CellText
{
    private const int LongestShown = 60;

    /// <summary>Reads a finite number: sign, digits, point, exponent. "NaN", "Infinity" and numbers too large are none.</summary>
    public static bool TryParseNumber(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    /// <summary>The text in quotes and on one line, cut where it becomes long.</summary>
    public static string Show(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        string shown = text.Length <= LongestShown ? text : text[..LongestShown] + "...";
        return $"'{shown.ReplaceLineEndings("\\n")}'";
    }

    /// <summary>Many texts, the first few shown.</summary>
    public static string ShowAll(IReadOnlyList<string?> texts)
    {
        const int Shown = 20;
        string list = string.Join(", ", texts.Take(Shown).Select(Show));
        return texts.Count <= Shown ? list : $"{list}, ... ({texts.Count} in all)";
    }
}
