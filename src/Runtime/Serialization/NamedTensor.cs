namespace Unroll.Serialization;

/// <summary>A tensor of a weights file: a name, a logical shape and its values in row-major order.</summary>
/// <param name="Name">Unique in its file, as <c>dense1/kernel</c>.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Values">As many as the product of <paramref name="Shape"/>.</param>
internal sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);
