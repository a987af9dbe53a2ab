using System.Buffers.Binary;

namespace Unroll.Data.Tests;

/// <summary>Composes IDX files, honest or not.</summary>
internal static class IdxBytes
{
    public static byte[] Images(int count, int rows, int columns) =>
        Compose(2051, [(uint)count, (uint)rows, (uint)columns], count * rows * columns);

    public static byte[] Labels(int count) => Compose(2049, [(uint)count], count);

    /// <summary>A header with this magic number and these dimensions, then this many bytes: 0, 1, 2, ... wrapping around.</summary>
    public static byte[] Compose(uint magic, uint[] dimensions, int bodyLength)
    {
        byte[] content = new byte[4 + 4 * dimensions.Length + bodyLength];
        BinaryPrimitives.WriteUInt32BigEndian(content, magic);
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(4 + 4 * i), dimensions[i]);
        }

        for (int i = 0; i < bodyLength; i++)
        {
            content[content.Length - bodyLength + i] = (byte)i;
        }

        return content;
    }
}
