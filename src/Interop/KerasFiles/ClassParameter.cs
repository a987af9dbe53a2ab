namespace Unroll.Interop.KerasFiles;

/// <param name="Name">In the class.</param>
/// <param name="Layer">Whose it is.</param>
/// <param name="Index">Among the layer's variables in the file.</param>
internal sealed record ClassParameter(string Name, KerasLayer Layer, int Index);
