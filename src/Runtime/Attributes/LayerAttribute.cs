namespace Unroll;

/// <summary>One layer of a network. Layers stand on the declaration that carries <see cref="NetworkAttribute"/> and apply in source order.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    // The generator compiles the layers it knows, so a layer of the user's own could only be refused.
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, which its parameters carry as well: <c>dense1/kernel</c>. Letters, digits and underscores, different from every
    /// other layer's. Default: the kind and the layer's number among those of its kind, counted from 1, whether the others are named or not.
    /// </summary>
    public string? Name { get; set; }
}
