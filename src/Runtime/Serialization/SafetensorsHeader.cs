namespace Unroll.Serialization;

/// <summary>The JSON header of a safetensors file: the tensors as listed and the entries of <c>__metadata__</c>.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The name that the format reserves for free-form text.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The only element type read and written: IEEE 754 single precision, little-endian.</summary>
    public const string SingleType = "F32";
}
