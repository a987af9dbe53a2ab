namespace Unroll.Generator.Model;

/// <summary>A weights file of the project, as the build describes it beside the file itself.</summary>
/// <param name="Path">Relative to the project, with slashes.</param>
/// <param name="Resource">Under which name the file is in the assembly.</param>
/// <param name="Fault">Why it is no weights file; null where it is one.</param>
/// <param name="Tensors">In the order of their data.</param>
internal sealed record WeightsFile(string Path, string Resource, string? Fault, EquatableArray<WeightsTensor> Tensors)
{
    public const string Ending = ".safetensors";

    /// <summary>Whether a path that a user wrote means this file: it is the whole of its path, or the end of it from a folder on.</summary>
    public bool Is(string path) => ("/" + Path).EndsWith("/" + path.Replace('\\', '/'), StringComparison.Ordinal);
}

/// <summary>A tensor of a weights file.</summary>
/// <param name="Name">Of the parameter it is meant for.</param>
/// <param name="Type">As the file calls it: <c>F32</c>.</param>
/// <param name="Sizes">Of its axes.</param>
internal sealed record WeightsTensor(string Name, string Type, EquatableArray<int> Sizes);
