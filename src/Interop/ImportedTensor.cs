namespace Unroll.Interop;

/// <summary>A parameter's values as the imported class calls it.</summary>
/// <param name="Name">The parameter: <c>dense/kernel</c>.</param>
/// <param name="Shape">Its logical shape.</param>
/// <param name="Values">Row-major.</param>
public sealed record ImportedTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
