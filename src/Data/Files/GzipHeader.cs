using System.Buffers.Binary;

namespace Unroll.Data;

/// <summary>What stands before the compressed data of a gzip member (RFC 1952, 2.3).</summary>
internal static class GzipHeader
{
    private const int FixedLength = 10;
    private const byte Deflate = 8;
    private const byte HasChecksum = 2;
    private const byte HasExtraField = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private const byte Reserved = 0xE0;

    /// <summary>Whether these bytes begin a gzip member.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <summary>Passes over a header; false where it is none or is cut short.</summary>
    public static bool TryPass(PeekStream source)
    {
        ReadOnlySpan<byte> start = source.Peek(FixedLength);
        if (start.Length < FixedLength || !IsMagic(start) || start[2] != Deflate || (start[3] & Reserved) != 0)
        {
            return false;
        }

        byte flags = start[3];
        source.Advance(FixedLength);
        return ((flags & HasExtraField) == 0 || TryPassExtraField(source))
            && ((flags & HasName) == 0 || TryPassText(source))
            && ((flags & HasComment) == 0 || TryPassText(source))
            && ((flags & HasChecksum) == 0 || TryPass(source, 2));
    }

    private static bool TryPassExtraField(PeekStream source)
    {
        ReadOnlySpan<byte> length = source.Peek(2);
        if (length.Length < 2)
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(length);
        return TryPass(source, 2) && TryPass(source, count);
    }

    private static bool TryPassText(PeekStream source)
    {
        while (source.Peek(1) is [byte character])
        {
            source.Advance(1);
            if (character == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryPass(PeekStream source, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (source.Peek(1).IsEmpty)
            {
                return false;
            }

            source.Advance(1);
        }

        return true;
    }
}
