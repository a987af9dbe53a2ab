using System.Buffers;
using System.Buffers.Binary;

namespace Unroll.Serialization;

/// <summary>Weights files: the safetensors format.</summary>
/// <remarks>
/// A file is the header's length (8 bytes, little-endian), the header (a JSON object: name → dtype, shape, data_offsets) and the
/// values, contiguous, row-major and little-endian. Definition: the format section of the safetensors project's README.
/// </remarks>
internal static class SafetensorsFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes the tensors in the order given; a crash leaves the old file or the new one.</summary>
    /// <exception cref="ArgumentException">A name comes twice or is reserved, or a shape does not fit its values.</exception>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, ElementType type = ElementType.F32)
    {
        CheckWritable(tensors);
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata, type));
    }

    /// <inheritdoc cref="Write(string, IReadOnlyList{NamedTensor}, IReadOnlyDictionary{string, string}?, ElementType)"/>
    public static void Write(
        Stream stream, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, ElementType type = ElementType.F32)
    {
        CheckWritable(tensors);
        byte[] header = SafetensorsHeaderWriter.Write(tensors, metadata, type);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (NamedTensor tensor in tensors)
        {
            WriteValues(stream, type, tensor.Values.Span);
        }
    }

    private static void WriteValues(Stream stream, ElementType type, ReadOnlySpan<float> values)
    {
        int size = ElementTypes.SizeOf(type);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int first = 0; first < values.Length; first += BufferSize / size)
            {
                ReadOnlySpan<float> part = values.Slice(first, Math.Min(BufferSize / size, values.Length - first));
                Span<byte> bytes = buffer.AsSpan(0, part.Length * size);
                ElementTypes.Encode(type, part, bytes);
                stream.Write(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
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
