namespace Unroll.Serialization;

/// <summary>What a safetensors file holds: its tensors in the order of their data, and its free-form text entries.</summary>
internal sealed record SafetensorsContent(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
