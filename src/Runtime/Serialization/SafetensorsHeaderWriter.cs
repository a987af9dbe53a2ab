using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Unroll.Serialization;

/// <summary>Makes the JSON header of a safetensors file, padded so that the data after it starts at a multiple of 8 bytes.</summary>
internal static class SafetensorsHeaderWriter
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata, ElementType type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                WriteMetadata(json, metadata);
            }

            long offset = 0;
            foreach (NamedTensor tensor in tensors)
            {
                offset = WriteEntry(json, tensor, type, offset);
            }

            json.WriteEndObject();
        }

        byte[] header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);

        // A dictionary promises no order; the same model must give the same bytes.
        foreach (KeyValuePair<string, string> entry in metadata.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(entry.Key, entry.Value);
        }

        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, NamedTensor tensor, ElementType type, long start)
    {
        long end = start + ((long)tensor.Values.Length * ElementTypes.SizeOf(type));
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", type.ToString());
        json.WriteStartArray("shape");
        foreach (int axis in tensor.Shape)
        {
            json.WriteNumberValue(axis);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
