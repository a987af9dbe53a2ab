namespace Unroll;

/// <summary>
/// One layer of a network or block. Layers stand on the declaration that carries <see cref="NetworkAttribute"/> or
/// <see cref="BlockAttribute"/> and apply in source order, each to the value of the one above unless <see cref="From"/> names another.
/// </summary>
/// <remarks>Layers are for classes; on a struct or an interface the one error is that of <c>[Network]</c>, not one for each layer.</remarks>
public abstract class LayerAttribute : NetworkPartAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, which its parameters carry as well: <c>dense1/kernel</c>. Letters, digits and underscores, different from every
    /// other layer's. Default: the kind in snake case and the layer's number among those of its kind, counted from 1, whether the others are
    /// named or not: <c>dense1</c>, <c>batch_normalization1</c>. Layers of a block have its name before theirs: <c>body1/dense1</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The layer or input above whose value the layer reads; in a block <c>input</c> is what goes into the block. Default: the layer above, or
    /// where none stands between, the input above.
    /// </summary>
    public string? From { get; set; }

    /// <summary>
    /// Whether training changes the layer's parameters, or on <c>[Use&lt;Body&gt;]</c> those of the block. Where not, they count as others that are
    /// not trained, have no gradient and no penalty, and batch normalization uses its moving averages in training too, as in Keras; gradients
    /// still go through to the layers before. A use that shares the parameters of another takes this from that one. Default: true.
    /// </summary>
    /// <example>
    /// To train the head of a network that has been trained on other data, declare a class with the same layers, those to keep frozen, and
    /// give it the weights of the first:
    /// <code>
    /// model.LoadWeights("trained.safetensors", WeightsMatching.NameAndShape);
    /// </code>
    /// </example>
    public bool Trainable { get; set; } = true;
}
