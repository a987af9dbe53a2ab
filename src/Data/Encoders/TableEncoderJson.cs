using System.Text.Json.Serialization;

namespace Unroll.Data;

/// <summary>Reads and writes encoders without reflection, so that trimmed programs can.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TableEncoderFile))]
internal sealed partial class TableEncoderJson : JsonSerializerContext;
