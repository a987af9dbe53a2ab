namespace Unroll.Generator.Model;

/// <summary>The weights that a network has from the start: what <c>[Network(Weights = "...")]</c> says, and what is there of that name.</summary>
/// <param name="Path">As the user wrote it.</param>
internal sealed record PretrainedSpec(string Path)
{
    private const string VectorsEnding = ".vectors" + WeightsFile.Ending;

    /// <summary>The one file it means; null where there is none or several.</summary>
    public WeightsFile? File { get; init; }

    /// <summary>Inputs, and the outputs they should give: the file <c>NAME.vectors.safetensors</c> beside the weights, where there is one.</summary>
    public WeightsFile? Vectors { get; init; }

    /// <summary>The files it may mean, where they are several.</summary>
    public EquatableArray<string> Meant { get; init; }

    /// <summary>All weights files there are, where it means none of them.</summary>
    public EquatableArray<string> Others { get; init; }

    /// <summary>The same, with what the files of the project make of it.</summary>
    public PretrainedSpec Find(EquatableArray<WeightsFile> files)
    {
        WeightsFile[] meant = [.. files.Where(file => file.Is(Path))];
        if (meant.Length != 1)
        {
            IEnumerable<WeightsFile> others = files.Where(static file => !file.Path.EndsWith(VectorsEnding, StringComparison.Ordinal));
            return meant.Length == 0 ? new PretrainedSpec(Path) { Others = Paths(others) } : new PretrainedSpec(Path) { Meant = Paths(meant) };
        }

        string stem = meant[0].Path.Substring(0, meant[0].Path.Length - WeightsFile.Ending.Length);
        return new PretrainedSpec(Path) { File = meant[0], Vectors = files.FirstOrDefault(file => file.Path == stem + VectorsEnding) };
    }

    private static EquatableArray<string> Paths(IEnumerable<WeightsFile> files) =>
        files.Select(static file => file.Path).OrderBy(static path => path, StringComparer.Ordinal).ToEquatableArray();
}
