using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// The seam to the loss chosen at run time. Without a head: ∂loss/∂output; operand: output. With a head: ∂loss/∂logits, in the fused
/// form where the loss has one; operands: output, logits. Where steps may be masked, their mask and its <see cref="MaskWeightOp"/> follow.
/// </summary>
/// <param name="Output">Which output of the network the loss is of.</param>
internal sealed record LossOp(Activation? Head, int Output) : OpKind
{
    public override IEnumerable<string?> Details => [$"of output {NumberText.Of(Output)}", Head is null ? null : $"through {Head}"];

    /// <summary>The operands before the mask.</summary>
    public int Values => Head is null ? 1 : 2;

    public override bool BeginsGradient => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count - Values is 0 or 2 && operands.Take(Values).All(operand => operand == result);
}
