using System.Globalization;

namespace Unroll.Data;

/// <summary>Reads cells as numbers, in the way of one culture.</summary>
/// <remarks>
/// Digits in groups are taken only where the groups are as the culture writes them: .NET alone would read 1.5 as 15 where the
/// point stands between thousands.
/// </remarks>
internal sealed class NumberText(CultureInfo? culture)
{
    private readonly NumberFormatInfo _format = (culture ?? CultureInfo.InvariantCulture).NumberFormat;
    private readonly bool _takesGroups = culture is not null && culture.NumberFormat.NumberGroupSeparator.Length == 1;

    /// <summary>Reads a finite number: sign, digits, decimal sign, exponent. "NaN", "Infinity" and numbers too large are none.</summary>
    public bool TryParse(string text, out float number)
    {
        number = 0f;
        string? plain = _takesGroups ? WithoutGroups(text) : text;
        return plain is not null && float.TryParse(plain, NumberStyles.Float, _format, out number) && float.IsFinite(number);
    }

    /// <summary>The text without the separators of its groups; null where the groups are none of this culture's.</summary>
    private string? WithoutGroups(string text)
    {
        char separator = _format.NumberGroupSeparator[0];
        if (!text.Any(character => IsSeparator(character, separator)))
        {
            return text;
        }

        string trimmed = InvisibleText.Trim(text).ToString();
        int decimals = trimmed.IndexOf(_format.NumberDecimalSeparator, StringComparison.Ordinal);
        string whole = decimals < 0 ? trimmed : trimmed[..decimals];
        string rest = decimals < 0 ? "" : trimmed[decimals..];
        if (rest.Any(character => IsSeparator(character, separator)) || !HasGroups(whole, separator))
        {
            return null;
        }

        return string.Concat(whole.Where(character => !IsSeparator(character, separator))) + rest;
    }

    private bool HasGroups(string whole, char separator)
    {
        string digits = whole.TrimStart('+', '-', '\u2212');
        int[] sizes = _format.NumberGroupSizes;
        int end = digits.Length;
        for (int group = 0; ; group++)
        {
            int size = sizes.Length == 0 ? 0 : sizes[Math.Min(group, sizes.Length - 1)];
            int start = end;
            while (start > 0 && char.IsAsciiDigit(digits[start - 1]))
            {
                start--;
            }

            int length = end - start;
            if (start == 0)
            {
                return length > 0 && (size == 0 || length <= size);
            }

            if (!IsSeparator(digits[start - 1], separator) || length != size)
            {
                return false;
            }

            end = start - 1;
        }
    }

    // A culture writes one of several blanks, or a typographic apostrophe; people type another.
    private static bool IsSeparator(char character, char separator) =>
        character == separator
        || (char.IsWhiteSpace(separator) && char.IsWhiteSpace(character))
        || (separator is '\u2019' or '\'' && character is '\u2019' or '\'');
}
