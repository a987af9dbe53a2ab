namespace Unroll;

/// <summary>
/// One layer of a network or block. Layers stand on the declaration that carries <see cref="NetworkAttribute"/> or
/// <see cref="BlockAttribute"/> and apply in source order.
/// </summary>
/// <remarks>Layers are for classes; on a struct or an interface the one error is that of <c>[Network]</c>, not one for each layer.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    // The generator compiles the layers it knows, so a layer of the user's own could only be refused.
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, which its parameters carry as well: <c>dense1/kernel</c>. Letters, digits and underscores, different from every
    /// other layer's. Default: the kind in snake case and the layer's number among those of its kind, counted from 1, whether the others are
    /// named or not: <c>dense1</c>, <c>batch_normalization1</c>. Layers of a block have its name before theirs: <c>body1/dense1</c>.
    /// </summary>
    public string? Name { get; set; }
}
