using System.Globalization;
using System.Text;

namespace Unroll.Generator.Emission;

/// <summary>Values as C# literals, the same under every culture, that read back as the same bits.</summary>
internal static class CSharpLiteral
{
    public static string Of(float value)
    {
        if (float.IsNaN(value))
        {
            return "float.NaN";
        }

        if (float.IsInfinity(value))
        {
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        }

        if (value == 0f)
        {
            // The .NET Framework, under which some editors run generators, prints negative zero as "0".
            return IsNegativeZero(value) ? "-0f" : "0f";
        }

        return Shortest(value) + "f";
    }

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(string value)
    {
        var literal = new StringBuilder(value.Length + 2);
        literal.Append('"');
        foreach (char character in value)
        {
            Append(literal, character);
        }

        return literal.Append('"').ToString();
    }

    private static void Append(StringBuilder literal, char character)
    {
        switch (character)
        {
            case '"': literal.Append("\\\""); break;
            case '\\': literal.Append("\\\\"); break;
            case '\n': literal.Append("\\n"); break;
            case '\r': literal.Append("\\r"); break;
            case '\t': literal.Append("\\t"); break;
            case '\0': literal.Append("\\0"); break;
            case ' ': literal.Append(' '); break;
            default:
                if (IsPlain(character))
                {
                    literal.Append(character);
                }
                else
                {
                    literal.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
                }

                break;
        }
    }

    private static bool IsPlain(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character) is not (
            UnicodeCategory.Control or
            UnicodeCategory.Format or
            UnicodeCategory.Surrogate or
            UnicodeCategory.PrivateUse or
            UnicodeCategory.OtherNotAssigned or
            UnicodeCategory.SpaceSeparator or
            UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator);

    // Nine digits always read back as the same bits; where six do, as with most numbers people write, they read better.
    private static string Shortest(float value)
    {
        for (int digits = 6; digits < 9; digits++)
        {
            string text = value.ToString("G" + Of(digits), CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return text;
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    private static bool IsNegativeZero(float value) => float.IsNegativeInfinity(1f / value);
}
