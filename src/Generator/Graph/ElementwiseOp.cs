using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Elementwise steps over a stored value. Operand: x.</summary>
internal sealed record ElementwiseOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override Arrangement ArrangementOf(Arrangement first) => first;

    /// <summary>The step of an operation that has one, as all have before they are fused.</summary>
    public ElementwiseStep? OnlyStep => Steps.Count == 1 ? Steps[0] : null;

    public override Activation? AsHead => OnlyStep is Activate { Function.Kind: Activation.Sigmoid } ? Activation.Sigmoid : null;

    public override bool IsNoise => OnlyStep is { IsNoise: true };

    public override int OwnInputs => 1;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) => OnlyStep!.Differentiate(tape, op, dy);
}
