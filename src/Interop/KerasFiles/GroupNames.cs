namespace Unroll.Interop.KerasFiles;

/// <summary>The groups of a model's layers in its weights file: by class, with running numbers, never by the layer's name.</summary>
/// <param name="parent">The group of the model, with a slash; empty for the outermost.</param>
internal sealed class GroupNames(string parent)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The one layer's group where the parent is a layer around it instead of a model; null for a model.</summary>
    public string? Only { get; init; }

    /// <summary>What <see cref="Next"/> gives.</summary>
    public string Peek(string className)
    {
        string kind = Identifiers.SnakeCase(className);
        return Group(kind, _counts.GetValueOrDefault(kind));
    }

    public string Next(string className)
    {
        if (Only is not null)
        {
            return Only;
        }

        string kind = Identifiers.SnakeCase(className);
        _counts.TryGetValue(kind, out int before);
        _counts[kind] = before + 1;
        return Group(kind, before);
    }

    private string Group(string kind, int before) => $"{parent}layers/{(before == 0 ? kind : $"{kind}_{before}")}";
}
