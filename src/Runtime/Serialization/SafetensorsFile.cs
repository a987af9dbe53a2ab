using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unroll.Serialization;

/// <summary>Weights files: the safetensors format, limited to single precision.</summary>
/// <remarks>
/// A file is the header's length (8 bytes, little-endian), the header (a JSON object: name → dtype, shape, data_offsets) and the
/// values, contiguous, row-major and little-endian. Definition: the format section of the safetensors project's README.
/// </remarks>
internal static class SafetensorsFile
{
    // The limit of the format's own implementation.
    private const int MaxHeaderLength = 100_000_000;

    private const int LengthSize = sizeof(ulong);

    /// <summary>Writes the tensors in the order given; a crash leaves the old file or the new one.</summary>
    /// <exception cref="ArgumentException">A name comes twice or is reserved, or a shape does not fit its values.</exception>
    internal static void Write(string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        CheckWritable(tensors);
        byte[] header = SafetensorsHeaderWriter.Write(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthSize];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (NamedTensor tensor in tensors)
            {
                WriteValues(stream, tensor.Values.Span);
            }
        });
    }

    /// <summary>Reads a file after checking all of it that can be checked before memory of its size is allocated.</summary>
    /// <exception cref="InvalidDataException">Naming the file, the tensor, what was expected and what came.</exception>
    internal static SafetensorsContent Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, path);
    }

    /// <param name="stream">Seekable, at its beginning.</param>
    /// <param name="file">The file's name, for messages.</param>
    internal static SafetensorsContent Read(Stream stream, string file)
    {
        byte[] bytes = ReadHeaderBytes(stream, file);
        SafetensorsHeader header = SafetensorsHeaderReader.Read(bytes, file);
        long dataLength = stream.Length - LengthSize - bytes.Length;
        IReadOnlyList<SafetensorsEntry> entries = SafetensorsLayout.Check(header.Entries, dataLength, file);
        var tensors = new NamedTensor[entries.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new NamedTensor(entries[i].Name, entries[i].Shape, ReadValues(stream, entries[i]));
        }

        return new SafetensorsContent(tensors, header.Metadata);
    }

    private static byte[] ReadHeaderBytes(Stream stream, string file)
    {
        if (stream.Length < LengthSize)
        {
            throw new InvalidDataException($"{file}: a safetensors file has at least {LengthSize} bytes, but this has {stream.Length}.");
        }

        Span<byte> prefix = stackalloc byte[LengthSize];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong limit = Math.Min(MaxHeaderLength, (ulong)(stream.Length - LengthSize));
        if (length > limit)
        {
            throw new InvalidDataException(
                $"{file}: the header may be at most {limit} bytes long here, but says it is {length}: not a safetensors file, or cut short.");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    private static float[] ReadValues(Stream stream, SafetensorsEntry entry)
    {
        float[] values = new float[(entry.End - entry.Start) / sizeof(float)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        int[] bits = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), bits);
        stream.Write(MemoryMarshal.AsBytes(bits.AsSpan()));
    }

    private static void CheckWritable(IReadOnlyList<NamedTensor> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        foreach (NamedTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name '{tensor.Name}' comes twice or is reserved.", nameof(tensors));
            }

            if (TensorShape.ElementCount(tensor.Shape) != tensor.Values.Length)
            {
                throw new ArgumentException(
                    $"'{tensor.Name}': shape {TensorShape.Describe(tensor.Shape)} does not fit {tensor.Values.Length} values.", nameof(tensors));
            }
        }
    }
}
