using System.Globalization;
using System.Text.RegularExpressions;

namespace Unroll.Callbacks;

/// <summary>How a number is written into a path: Python's <c>02d</c>, <c>3d</c>, <c>.2f</c>, <c>08.3f</c>, or a format of .NET.</summary>
internal sealed partial class NumberFormat
{
    /// <summary>The digits, or characters, that a number may be asked to have.</summary>
    public const int MostDigits = 32;

    private readonly string _format;
    private readonly int _width;
    private readonly char _padding;

    private NumberFormat(string format, int width, char padding)
    {
        _format = format;
        _width = width;
        _padding = padding;
    }

    /// <summary>null if it is no format, or not one for such numbers.</summary>
    public static NumberFormat? TryParse(string text, bool isWhole)
    {
        // Three digits are more than enough, and never overflow.
        Match python = Python().Match(text);
        if (python.Success)
        {
            bool isFraction = python.Groups["type"].Value == "f";
            int digits = Number(python.Groups["digits"], missing: 6);
            int width = Number(python.Groups["width"], missing: 0);
            return (!isFraction && !isWhole) || digits > MostDigits || width > MostDigits
                ? null
                : new NumberFormat(isFraction ? $"F{digits}" : "D", width, python.Groups["zero"].Length > 0 ? '0' : ' ');
        }

        Match standard = Standard().Match(text);
        return standard.Success || (Picture().IsMatch(text) && text.Length <= MostDigits)
            ? standard.Groups["kind"].Value is "D" or "d" or "X" or "x" && !isWhole ? null : new NumberFormat(text, width: 0, ' ')
            : null;
    }

    public string Format<T>(T value)
        where T : IFormattable
    {
        string text = value.ToString(_format, CultureInfo.InvariantCulture);
        return _padding == '0' && text is ['-', ..] ? $"-{text[1..].PadLeft(_width - 1, '0')}" : text.PadLeft(_width, _padding);
    }

    private static int Number(Group group, int missing) => group.Length > 0 ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : missing;

    [GeneratedRegex(@"^(?<zero>0)?(?<width>[1-9][0-9]{0,2})?(\.(?<digits>[0-9]{1,3}))?(?<type>f)\z|^(?<zero>0)?(?<width>[1-9][0-9]{0,2})?(?<type>d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Python();

    [GeneratedRegex(@"^((?<kind>[DdEeFfGgNnXx])([0-9]|[12][0-9]|3[0-2])?|[Rr]?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Standard();

    [GeneratedRegex(@"^[0#]+(\.[0#]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Picture();
}
