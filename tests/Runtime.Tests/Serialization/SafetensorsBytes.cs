using System.Buffers.Binary;
using System.Text;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

/// <summary>Files put together by hand, well-formed or not.</summary>
internal static class SafetensorsBytes
{
    public const string FileName = "weights.safetensors";

    /// <summary>The header's true length, the header as it is, and so many bytes of data.</summary>
    public static byte[] Make(string header, int dataLength) => Make(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Make(byte[] header, int dataLength)
    {
        byte[] file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    /// <summary>All tensors.</summary>
    public static IReadOnlyList<NamedTensor> Read(byte[] file)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(new MemoryStream(file), FileName);
        return reader.Read([.. reader.Entries.Where(static entry => entry.DataType is not null)]);
    }

    /// <inheritdoc cref="Read(byte[])"/>
    public static IReadOnlyList<NamedTensor> Read(string path) => Read(path, out _);

    /// <inheritdoc cref="Read(byte[])"/>
    public static IReadOnlyList<NamedTensor> Read(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        metadata = reader.Metadata;
        return reader.Read(reader.Entries);
    }
}
