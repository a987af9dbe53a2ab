namespace Unroll.Generator.Model;

/// <summary>One source file to add to the user's compilation.</summary>
internal sealed record GeneratedFile(string HintName, string Source);
