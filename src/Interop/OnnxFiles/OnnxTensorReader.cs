using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Unroll.Interop.OnnxFiles.Protobuf;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Constants out of a file, whose shapes are believed only as far as there are values.</summary>
/// <param name="path">The file, beside which external values lie.</param>
internal sealed class OnnxTensorReader(string path)
{
    private readonly Dictionary<string, byte[]> _external = new(StringComparer.Ordinal);

    /// <summary>Files beside the model that values were read from.</summary>
    public IReadOnlyList<string> Files => [.. _external.Keys.Select(Beside)];

    /// <exception cref="InvalidDataException">The values are not those of its shape and type.</exception>
    public OnnxTensor Read(TensorProto tensor)
    {
        var type = (DataType)tensor.DataType;
        long count = tensor.Dims.Aggregate(1L, (product, size) => size is >= 0 and <= int.MaxValue
            ? Math.Min(product * size, int.MaxValue)
            : throw Wrong(tensor, $"a size of {size.ToString(CultureInfo.InvariantCulture)}"));
        int[] dims = [.. tensor.Dims.Select(static size => (int)size)];
        ReadOnlyMemory<byte> raw = tensor.DataLocation == TensorProto.Types.DataLocation.External ? External(tensor) : tensor.RawData.Memory;
        OnnxTensor read = raw.Length > 0
            ? FromBytes(tensor, type, dims, raw.Span, count)
            : FromFields(tensor, type, dims);
        return read.Count == count
            ? read
            : throw Wrong(tensor, $"the shape [{string.Join(", ", dims)}] and {read.Count.ToString(CultureInfo.InvariantCulture)} values");
    }

    private OnnxTensor FromBytes(TensorProto tensor, DataType type, int[] dims, ReadOnlySpan<byte> raw, long count)
    {
        int size = type switch
        {
            DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
            DataType.Int64 or DataType.Uint64 or DataType.Double => 8,
            DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
            DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
            _ => throw Wrong(tensor, $"values of type {type}, which are not read"),
        };
        if (raw.Length != count * size)
        {
            throw Wrong(tensor, $"the shape [{string.Join(", ", dims)}] of {type} and {raw.Length.ToString(CultureInfo.InvariantCulture)} bytes");
        }

        // The format is little-endian, as is every processor that .NET runs on.
        return type switch
        {
            DataType.Float => new OnnxTensor(dims, MemoryMarshal.Cast<byte, float>(raw).ToArray(), null),
            DataType.Double => new OnnxTensor(dims, [.. MemoryMarshal.Cast<byte, double>(raw).ToArray().Select(static value => (float)value)], null),
            DataType.Float16 => new OnnxTensor(dims, [.. MemoryMarshal.Cast<byte, Half>(raw).ToArray().Select(static value => (float)value)], null),
            DataType.Bfloat16 => new OnnxTensor(dims, [.. MemoryMarshal.Cast<byte, ushort>(raw).ToArray().Select(Widen)], null),
            _ => new OnnxTensor(dims, null, Wholes(raw, type, size)),
        };
    }

    private static long[] Wholes(ReadOnlySpan<byte> raw, DataType type, int size)
    {
        var values = new long[raw.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> bytes = raw[(i * size)..];
            values[i] = type switch
            {
                DataType.Int64 or DataType.Uint64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                DataType.Int8 => (sbyte)bytes[0],
                _ => bytes[0],
            };
        }

        return values;
    }

    private OnnxTensor FromFields(TensorProto tensor, DataType type, int[] dims) => type switch
    {
        DataType.Float => new OnnxTensor(dims, [.. tensor.FloatData], null),
        DataType.Double => new OnnxTensor(dims, [.. tensor.DoubleData.Select(static value => (float)value)], null),
        DataType.Float16 => new OnnxTensor(dims, [.. tensor.Int32Data.Select(static value => (float)BitConverter.UInt16BitsToHalf((ushort)value))], null),
        DataType.Bfloat16 => new OnnxTensor(dims, [.. tensor.Int32Data.Select(static value => Widen((ushort)value))], null),
        DataType.Int64 => new OnnxTensor(dims, null, [.. tensor.Int64Data]),
        DataType.Int32 or DataType.Int16 or DataType.Uint16 or DataType.Int8 or DataType.Uint8 or DataType.Bool =>
            new OnnxTensor(dims, null, [.. tensor.Int32Data.Select(static value => (long)value)]),
        _ => throw Wrong(tensor, $"values of type {type}, which are not read"),
    };

    private ReadOnlyMemory<byte> External(TensorProto tensor)
    {
        Dictionary<string, string> where = tensor.ExternalData.GroupBy(static entry => entry.Key).ToDictionary(static entry => entry.Key, static entry => entry.Last().Value);
        string name = where.GetValueOrDefault("location", "");
        if (name.Length == 0 || name != Path.GetFileName(name) || name is "." or "..")
        {
            throw Wrong(tensor, $"values in '{name}', and only files beside the model are read");
        }

        if (!_external.TryGetValue(name, out byte[]? content))
        {
            _external[name] = content = File.ReadAllBytes(Beside(name));
        }

        long offset = Number(where, "offset", 0);
        long length = Number(where, "length", content.Length - offset);
        return offset >= 0 && length >= 0 && offset <= content.Length - length
            ? content.AsMemory((int)offset, (int)length)
            : throw Wrong(tensor, $"values beyond the end of '{name}'");
    }

    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);

    // What is no number is no place.
    private static long Number(Dictionary<string, string> entries, string key, long fallback) =>
        !entries.TryGetValue(key, out string? text) ? fallback
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;

    private static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private InvalidDataException Wrong(TensorProto tensor, string what) => new($"{path}: the constant '{tensor.Name}' has {what}.");
}
