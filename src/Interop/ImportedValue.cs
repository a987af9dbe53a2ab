namespace Unroll.Interop;

/// <summary>An input or output of an imported network.</summary>
/// <param name="FileName">What the file calls it.</param>
/// <param name="Name">What the class calls it.</param>
public sealed record ImportedValue(string FileName, string Name);
