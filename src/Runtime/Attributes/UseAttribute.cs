namespace Unroll;

/// <summary>Inserts the layers of a block, once or several times in a row.</summary>
/// <remarks>
/// <para>Output shape: that of the block's last layer. Each use has parameters of its own, named <c>body1/dense1/kernel</c>: the block's class
/// in snake case and a running number, then the block's layers, which count from 1 in each use. Inside another block the names nest:
/// <c>outer1/body1/dense1/kernel</c>.</para>
/// <para>With <see cref="LayerAttribute.Name"/> the use is called so, and with a <see cref="Repeat"/> above 1 as well, the name is followed by
/// a number from 1: <c>stage1</c>, <c>stage2</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// [Network(13)]
/// [Use&lt;Body&gt;(Repeat = 4)]
/// [Dense(1)]
/// public sealed partial class Prices;
/// </code>
/// </example>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class UseAttribute<TBlock> : LayerAttribute
    where TBlock : class
{
    /// <summary>How often the block stands there, at least 1. Default: 1.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>
    /// The name of a use of the same block above whose parameters this one has too, instead of its own:
    /// <c>[Use&lt;Tower&gt;(Name = "tower", From = "left")]</c> and <c>[Use&lt;Tower&gt;(Shared = "tower", From = "right")]</c>. Their gradients add up.
    /// Whether they are trained, the use above says.
    /// </summary>
    public string? Shared { get; set; }
}
