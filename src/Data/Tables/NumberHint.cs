using System.Globalization;

namespace Unroll.Data;

/// <summary>What may help where a cell is no number.</summary>
internal static class NumberHint
{
    // What spreadsheets, R, Python and databases write for "no value".
    private static readonly HashSet<string> s_missing = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "#N/A", "<NA>", "NaN", "-NaN", "1.#IND", "null", "\\N", "none", "nil", "-", "--", ".", "*", "missing", "unknown", "n.a.",
    };

    public static string For(string cell, CultureInfo? culture)
    {
        if (s_missing.Contains(cell))
        {
            return $" (if this means no value, name it in {nameof(CsvOptions)}.{nameof(CsvOptions.MissingTexts)})";
        }

        if (culture is not null)
        {
            return $" as {(culture.Name.Length == 0 ? "the invariant culture" : culture.Name)} writes it";
        }

        return cell.Any(char.IsAsciiDigit) && cell.All(static character => char.IsAsciiDigit(character) || IsSign(character))
            ? $" (for decimal commas or signs between thousands, set {nameof(CsvOptions)}.{nameof(CsvOptions.Culture)})"
            : $" (or a column encoded by {nameof(Table.EncodeLabels)} or {nameof(Table.EncodeOneHot)}, "
                + $"or the text named in {nameof(CsvOptions)}.{nameof(CsvOptions.MissingTexts)})";
    }

    private static bool IsSign(char character) =>
        character is '+' or '-' or '\u2212' or ',' or '.' or '\'' or '\u2019' || char.IsWhiteSpace(character);
}
