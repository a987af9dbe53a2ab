namespace Unroll.Data;

/// <summary>One string for the same text that comes again soon, as categories and small numbers do.</summary>
internal sealed class TextPool
{
    private const int Bits = 12;
    private const int LongestKept = 32;

    // Longer texts that begin with a digit, sign or point seldom come again, and to keep each for a while costs the garbage collector more
    // than the text itself.
    private const int LongestNumber = 4;

    private readonly string?[] _texts = new string?[1 << Bits];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestKept || (text.Length > LongestNumber && text[0] is < 'A'))
        {
            return text.ToString();
        }

        ref string? place = ref _texts[PlaceOf(text)];
        if (place is null || !text.SequenceEqual(place))
        {
            place = text.ToString();
        }

        return place;
    }

    // By its length, its last five characters and its first: those of numbers differ there.
    private static int PlaceOf(ReadOnlySpan<char> text)
    {
        uint hash = (uint)text.Length ^ ((uint)text[0] << 8);
        for (int i = Math.Max(0, text.Length - 5); i < text.Length; i++)
        {
            hash = (hash ^ text[i]) * 0x9E3779B1;
        }

        return (int)(hash >> (32 - Bits));
    }
}
