using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Incremental;

/// <summary>Keeps the names of generated files apart on file systems that do not tell <c>Digits</c> from <c>digits</c>.</summary>
internal static class HintNames
{
    /// <summary>Hint names that differ from another network's by case at most; nearly always none, so that adding a class changes nothing.</summary>
    public static EquatableArray<string> Collisions(IEnumerable<TypeHeader> headers) => headers
        .Select(static header => header.HintName)
        .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Count() > 1)
        .SelectMany(static group => group)
        .Distinct(StringComparer.Ordinal)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    public static NetworkModel Resolve(NetworkModel model, EquatableArray<string> collisions) =>
        model with { Header = Resolve(model.Header, collisions) };

    public static RejectedNetwork Resolve(RejectedNetwork network, EquatableArray<string> collisions) =>
        network with { Header = Resolve(network.Header, collisions) };

    private static TypeHeader Resolve(TypeHeader header, EquatableArray<string> collisions) =>
        collisions.Contains(header.HintName, StringComparer.Ordinal)
            ? header with { HintName = $"{header.HintName}-{StableHash.Of(Key(header))}" }
            : header;

    // A namespace and a containing type of one name give one hint name, but not one key.
    private static string Key(TypeHeader header) =>
        string.Join("\n", [header.Namespace, .. header.ContainingTypes, header.Declaration]);
}
