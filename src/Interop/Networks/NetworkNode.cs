namespace Unroll.Interop.Networks;

/// <summary>A layer or input of a network on its way to a class.</summary>
/// <param name="attribute">The layer's; null for an input.</param>
/// <param name="givenName">What its name comes from; null where the file has none.</param>
/// <param name="inputs">What it reads.</param>
internal sealed class NetworkNode(AttributeText? attribute, string? givenName, IReadOnlyList<NetworkNode> inputs)
{
    /// <summary>Null for an input.</summary>
    public AttributeText? Attribute => attribute;

    /// <summary>What the file calls its kernel or table; null where that is not known.</summary>
    public string? KernelName { get; set; }

    public string? GivenName { get; set; } = givenName;

    public IReadOnlyList<NetworkNode> Inputs { get; set; } = inputs;

    /// <summary>What it applies to each step; null where it is a layer by itself.</summary>
    public NetworkBody? Body { get; set; }

    /// <summary>Its parameters, by their names without the layer's.</summary>
    public List<ImportedTensor> Parameters { get; } = [];
}
