using System.Buffers;
using System.Buffers.Binary;

namespace Unroll.Serialization;

/// <summary>Reads a safetensors file: its header first, and of the tensors only those asked for.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    // The limit of the format's own implementation.
    private const int MaxHeaderLength = 100_000_000;

    private const int LengthSize = sizeof(ulong);
    private const int BufferSize = 1 << 16;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly bool _leaveOpen;
    private readonly long? _length;
    private long _position;

    private SafetensorsReader(Stream stream, string file, bool leaveOpen)
    {
        _stream = stream;
        _file = file;
        _leaveOpen = leaveOpen;
        _length = stream.CanSeek ? stream.Length - stream.Position : null;
        byte[] bytes = ReadHeaderBytes();
        SafetensorsHeader header = SafetensorsHeaderReader.Read(bytes, file);
        Entries = SafetensorsLayout.Check(header.Entries, _length - LengthSize - bytes.Length, file);
        Metadata = header.Metadata;
        _position = 0;
    }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Checks all that the header can tell before memory of the size of the data is allocated.</summary>
    /// <exception cref="InvalidDataException">Naming the file, the tensor, what was expected and what came.</exception>
    public static SafetensorsReader Open(string path)
    {
        // Another save may replace the file meanwhile: what was opened is read to its end.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new SafetensorsReader(stream, path, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Open(string)"/>
    /// <param name="stream">At the file's beginning, with nothing behind its end; it need not be able to seek, and stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static SafetensorsReader Open(Stream stream, string file) => new(stream, file, leaveOpen: true);

    /// <summary>Reads tensors, by conversion where they are not of single precision; call it once.</summary>
    /// <param name="wanted">Entries of this file with a type that can be read.</param>
    /// <returns>In the order of <paramref name="wanted"/>.</returns>
    public IReadOnlyList<NamedTensor> Read(IReadOnlyList<SafetensorsEntry> wanted)
    {
        var places = new Dictionary<SafetensorsEntry, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < wanted.Count; i++)
        {
            places.Add(wanted[i], i);
        }

        var tensors = new NamedTensor[wanted.Count];
        foreach (SafetensorsEntry entry in Entries)
        {
            if (places.TryGetValue(entry, out int place))
            {
                SkipTo(entry.Start);
                tensors[place] = new NamedTensor(entry.Name, entry.Shape, ReadValues(entry));
            }
        }

        SkipTo(Entries.Count == 0 ? 0 : Entries[^1].End);
        if (_length is null && _stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"{_file}: there is more data than the {_position} bytes of its tensors.");
        }

        return tensors;
    }

    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private byte[] ReadHeaderBytes()
    {
        if (_length < LengthSize)
        {
            throw new InvalidDataException($"{_file}: a safetensors file has at least {LengthSize} bytes, but this has {_length}.");
        }

        Span<byte> prefix = stackalloc byte[LengthSize];
        ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long room = _length is long all ? all - LengthSize : MaxHeaderLength;
        ulong limit = (ulong)Math.Min(MaxHeaderLength, room);
        if (length > limit)
        {
            throw new InvalidDataException(
                $"{_file}: the header may be at most {limit} bytes long here, but says it is {length}: not a safetensors file, or cut short.");
        }

        // Where the length cannot be held against the file's, memory grows with what really comes.
        int total = (int)length;
        byte[] header = new byte[_length is null ? Math.Min(total, BufferSize) : total];
        ReadExactly(header);
        while (header.Length < total)
        {
            int filled = header.Length;
            Array.Resize(ref header, Math.Min(total, 2 * filled));
            ReadExactly(header.AsSpan(filled));
        }

        return header;
    }

    private float[] ReadValues(SafetensorsEntry entry)
    {
        ElementType type = entry.DataType!.Value;
        int size = ElementTypes.SizeOf(type);
        float[] values = new float[(entry.End - entry.Start) / size];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int first = 0; first < values.Length; first += BufferSize / size)
            {
                Span<float> part = values.AsSpan(first, Math.Min(BufferSize / size, values.Length - first));
                Span<byte> bytes = buffer.AsSpan(0, part.Length * size);
                ReadExactly(bytes);
                ElementTypes.Decode(type, bytes, part);
                if (type == ElementType.F64 && ElementTypes.FirstTooLarge(bytes) is int index and >= 0)
                {
                    string place = TensorShape.DescribeIndex(entry.Shape, first + index);
                    throw new InvalidDataException($"{_file}: '{entry.Name}' is larger at {place} than single precision can hold.");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return values;
    }

    private void SkipTo(long position)
    {
        if (_stream.CanSeek)
        {
            _stream.Seek(position - _position, SeekOrigin.Current);
            _position = position;
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        while (_position < position)
        {
            ReadExactly(buffer.AsSpan(0, (int)Math.Min(buffer.Length, position - _position)));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void ReadExactly(Span<byte> bytes)
    {
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _position += read;
        if (read < bytes.Length)
        {
            throw new InvalidDataException(
                $"{_file}: the data end {bytes.Length - read} bytes or more before they should: not a safetensors file, cut short, or cut while it was read.");
        }
    }
}
