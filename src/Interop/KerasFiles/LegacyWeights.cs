namespace Unroll.Interop.KerasFiles;

/// <summary>The variables of layers in an <c>.h5</c> file of Keras 2, or as Keras 3 still writes it: by the names that each layer lists.</summary>
/// <param name="file">The file.</param>
/// <param name="root">Where the layers' groups are.</param>
internal sealed class LegacyWeights(Hdf5Source file, string root) : IKerasVariables
{
    public IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> Variables(KerasLayer layer)
    {
        // A nested model is one group of the outermost, with the variables of all that is in it.
        string[] path = layer.Path.Split('/');
        string group = $"{root}/{path[0]}";
        if (!file.Has(group))
        {
            return [];
        }

        return [.. file.Texts(group, "weight_names")
            .Where(name => path.Length == 1 || name.Split('/')[..^1].Contains(layer.Name, StringComparer.Ordinal))
            .Select(name => file.Floats($"{group}/{name}"))];
    }

    public string Place(KerasLayer layer) => $"{root}/{layer.Path.Split('/')[0]}";
}
