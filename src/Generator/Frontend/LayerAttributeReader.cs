using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Turns one kind of layer attribute into its spec. A new layer adds a reader to <see cref="All"/>.</summary>
/// <param name="attributeName">The attribute's metadata name.</param>
/// <param name="kind">What unnamed layers are called: <c>dense</c> gives <c>dense1</c>, <c>dense2</c>.</param>
/// <param name="read">The arguments, checked, as a spec.</param>
internal sealed class LayerAttributeReader(string attributeName, string kind, Func<LayerArguments, LayerSpec> read)
{
    public static readonly IReadOnlyList<LayerAttributeReader> All =
    [
        new("Unroll.DenseAttribute", "dense", LayerReaders.Dense),
        new("Unroll.ActivateAttribute", "activate", LayerReaders.Activate),
        new("Unroll.FlattenAttribute", "flatten", LayerReaders.Flatten),
        new("Unroll.DropoutAttribute", "dropout", LayerReaders.Dropout),
    ];

    private static readonly Dictionary<string, LayerAttributeReader> s_byName =
        All.ToDictionary(static reader => reader.AttributeName, StringComparer.Ordinal);

    public string AttributeName { get; } = attributeName;

    public string Kind { get; } = kind;

    public static LayerAttributeReader? Find(string attributeName) =>
        s_byName.TryGetValue(attributeName, out LayerAttributeReader? reader) ? reader : null;

    public LayerSpec Read(LayerArguments arguments) => read(arguments);
}
