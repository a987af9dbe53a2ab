using System.Globalization;

namespace Unroll.Serialization;

/// <summary>Puts what a file says into messages: whatever it holds, they fit a screen.</summary>
internal static class MessageText
{
    private const int MostCharacters = 80;
    private const int MostItems = 10;

    /// <summary>A name in quotes, cut short where it is long, on one line.</summary>
    public static string Quote(string name) => $"'{Cut(name)}'";

    /// <summary>The beginning of a text, on one line.</summary>
    public static string Cut(string text, int most = MostCharacters)
    {
        string start = text.Length <= most ? text : text[..most];
        string line = string.Create(start.Length, start, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? '\uFFFD' : from[i];
            }
        });
        return text.Length <= most
            ? line
            : string.Create(CultureInfo.InvariantCulture, $"{line}… ({text.Length} characters)");
    }

    /// <summary>The first items, and how many more there are.</summary>
    public static string Join(string separator, IReadOnlyList<string> items) => items.Count <= MostItems
        ? string.Join(separator, items)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(separator, items.Take(MostItems))}{separator}and {items.Count - MostItems} more");
}
