namespace Unroll.Data;

/// <summary>One string for the same text that comes again soon, as categories and small numbers do.</summary>
internal sealed class TextPool
{
    private const int Places = 1 << 12;
    private const int LongestKept = 32;

    private readonly string?[] _texts = new string?[Places];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestKept)
        {
            return text.ToString();
        }

        ref string? place = ref _texts[string.GetHashCode(text) & (Places - 1)];
        if (place is null || !text.SequenceEqual(place))
        {
            place = text.ToString();
        }

        return place;
    }
}
