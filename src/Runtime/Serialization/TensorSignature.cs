namespace Unroll.Serialization;

/// <summary>What a model expects of a weights file: a tensor of this name and shape.</summary>
internal readonly record struct TensorSignature(string Name, IReadOnlyList<int> Shape);
