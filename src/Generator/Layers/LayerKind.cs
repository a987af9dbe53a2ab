namespace Unroll.Generator.Layers;

/// <summary>One kind of layer: how it is called, and how its arguments become a layer.</summary>
/// <param name="Name">Its name in attributes, summaries and most of Keras: <c>Dense</c>.</param>
/// <param name="Prefix">What unnamed layers are called, in snake case as Keras does: <c>dense</c> gives <c>dense1</c>, <c>dense2</c>.</param>
/// <param name="Read">From the arguments, checked, to the layer.</param>
internal sealed record LayerKind(string Name, string Prefix, Func<LayerArguments, Layer> Read)
{
    /// <summary>The class in <c>keras.layers</c> that has the same definition.</summary>
    public string Keras { get; init; } = Name;

    /// <summary>Whether it reads several values, which its first argument names.</summary>
    public bool IsMerge { get; init; }

    /// <summary>
    /// The arguments that name what it reads, where it reads several values for several uses: the first stands for the value above where it is
    /// left out, each further one for the one before it.
    /// </summary>
    public IReadOnlyList<string> InputArguments { get; init; } = [];

    /// <summary>The argument that lists what it reads besides the value above; null where there is none.</summary>
    public string? ListArgument { get; init; }

    /// <summary>The attribute's metadata name.</summary>
    public string AttributeName => $"Unroll.{Name}Attribute";
}
