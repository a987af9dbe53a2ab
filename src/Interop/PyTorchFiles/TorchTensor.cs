namespace Unroll.Interop.PyTorchFiles;

/// <summary>A tensor of a module.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Row-major.</param>
internal sealed record TorchTensor(int[] Shape, float[] Values);
