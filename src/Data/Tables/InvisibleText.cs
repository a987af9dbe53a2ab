using System.Globalization;

namespace Unroll.Data;

/// <summary>Characters that show nothing: blanks of all kinds, byte order marks, marks of direction, controls.</summary>
internal static class InvisibleText
{
    /// <summary>Whether a character shows nothing.</summary>
    public static bool IsInvisible(char character) => character switch
    {
        <= ' ' or '\u007F' => true,
        < '\u0080' => false,

        // A joiner, fillers of Hangul and Khmer, the empty Braille cell: letters and marks by their category.
        '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u2800' or '\u3164' or '\uFFA0' => true,
        _ => char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    /// <summary>A text without what is invisible at its two ends.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] is > ' ' and < '\u007F' && text[^1] is > ' ' and < '\u007F')
        {
            return text;
        }

        int start = 0;
        while (start < text.Length && IsInvisible(text[start]))
        {
            start++;
        }

        int end = text.Length;
        while (end > start && IsInvisible(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>What a reader sees: blanks as single spaces, nothing of what is no blank, and composed as Unicode's form C.</summary>
    public static string Visible(string text)
    {
        Span<char> seen = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        int count = 0;
        foreach (char character in text)
        {
            bool isBlank = char.IsWhiteSpace(character);
            if (!IsInvisible(character) || (isBlank && (count == 0 || seen[count - 1] != ' ')))
            {
                seen[count++] = isBlank ? ' ' : character;
            }
        }

        string visible = seen[..count].Trim(' ').ToString();
        return CanNormalize(visible) ? visible.Normalize() : visible;
    }

    // Normalize throws at half a surrogate pair.
    private static bool CanNormalize(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}
