using System.Text;

namespace Unroll.Data;

/// <summary>The bytes that tell the encoding of the text after them.</summary>
internal static class ByteOrderMark
{
    // Those of UTF-32 first: the one of its little-endian form begins with that of UTF-16.
    private static readonly Encoding[] s_encodings =
    [
        Encoding.UTF32,
        new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        Encoding.UTF8,
        Encoding.Unicode,
        Encoding.BigEndianUnicode,
    ];

    /// <summary>Passes over a byte order mark; null where there is none.</summary>
    public static Encoding? Pass(PeekStream source)
    {
        foreach (Encoding encoding in s_encodings)
        {
            ReadOnlySpan<byte> mark = encoding.Preamble;
            if (source.Peek(mark.Length).SequenceEqual(mark))
            {
                source.Advance(mark.Length);
                return encoding;
            }
        }

        return null;
    }
}
