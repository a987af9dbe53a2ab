using System.Buffers.Binary;

namespace Unroll.Data;

/// <summary>One IDX stream on its way in: the header first, then as many bytes as it promised and not one more.</summary>
internal sealed class IdxContent(Stream stream, string name)
{
    private const int FirstChunk = 1 << 20;

    private string _claim = "";
    private long _size;

    /// <summary>Reads the header and holds it against the bytes that follow, where their number can be known without reading.</summary>
    public int[] ReadShape(uint magic, params string[] dimensions)
    {
        byte[] header = new byte[4 + 4 * dimensions.Length];
        int read = Fill(header);
        uint found = read < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(header);
        if (read >= 4 && found != magic)
        {
            throw new InvalidDataException($"{name}: expected the IDX magic number {magic}, but found {found}.");
        }

        if (read < header.Length)
        {
            throw new InvalidDataException($"{name}: expected an IDX header of {header.Length} bytes, but the data end after {read}.");
        }

        uint[] shape = new uint[dimensions.Length];
        UInt128 size = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i));
            size *= shape[i];
            if (shape[i] == 0)
            {
                throw new InvalidDataException($"{name}: expected a positive number of {dimensions[i]} in the IDX header, but found 0.");
            }
        }

        _claim = $"{name}: the IDX header promises {string.Join(" x ", shape)} = {size} bytes";
        CheckSize(size);
        _size = (long)size;
        return Array.ConvertAll(shape, static dimension => (int)dimension);
    }

    /// <summary>Reads the bytes the header promised; the buffer grows with what arrives, not with what was promised.</summary>
    public byte[] ReadBody()
    {
        byte[] body = new byte[Math.Min(_size, FirstChunk)];
        int filled = 0;
        while (true)
        {
            filled += Fill(body.AsSpan(filled));
            if (filled < body.Length)
            {
                throw new InvalidDataException($"{_claim}, but only {filled} follow it.");
            }

            if (filled == _size)
            {
                break;
            }

            Array.Resize(ref body, (int)Math.Min(_size, 2L * body.Length));
        }

        if (Fill(stackalloc byte[1]) != 0)
        {
            throw new InvalidDataException($"{_claim}, but more follow it.");
        }

        return body;
    }

    private void CheckSize(UInt128 size)
    {
        if (stream.CanSeek && size != (UInt128)(stream.Length - stream.Position))
        {
            throw new InvalidDataException($"{_claim}, but {stream.Length - stream.Position} follow it.");
        }

        if (size > (UInt128)Array.MaxLength)
        {
            throw new InvalidDataException($"{_claim}, but at most {Array.MaxLength} can be read.");
        }
    }

    /// <summary>Reads until the buffer is full or the data end.</summary>
    private int Fill(Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
}
