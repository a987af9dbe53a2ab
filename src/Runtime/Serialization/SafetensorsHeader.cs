namespace Unroll.Serialization;

/// <summary>The JSON header of a safetensors file: the tensors as listed and the entries of <c>__metadata__</c>.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The name that the format reserves for free-form text.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>More than any network has, and few enough that a header costs no more memory than a few times its length.</summary>
    public const int MostTensors = 100_000;

    /// <summary>More axes than any tensor has.</summary>
    public const int MostAxes = 32;

    /// <summary>The entries of free-form text that are read.</summary>
    public const int MostMetadata = 10_000;
}
