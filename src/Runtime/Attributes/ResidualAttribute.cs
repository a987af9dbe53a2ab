namespace Unroll;

/// <summary>A residual connection around a block (He et al., 2016): <c>y = x + block(x)</c>, once or several times in a row.</summary>
/// <remarks>
/// The block's output must have the shape of its input; otherwise the use is a compile-time error. Output shape: the input's. Parameters and
/// names are those of <see cref="UseAttribute{TBlock}"/>.
/// </remarks>
/// <example>
/// <code>
/// [Network(13)]
/// [Dense(64)]
/// [Residual&lt;Body&gt;(Repeat = 4)]
/// [Dense(1)]
/// public sealed partial class Prices;
/// </code>
/// </example>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class ResidualAttribute<TBlock> : LayerAttribute
    where TBlock : class
{
    /// <summary>How many residual connections follow each other, at least 1. Default: 1.</summary>
    public int Repeat { get; set; } = 1;
}
