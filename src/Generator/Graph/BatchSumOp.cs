using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// The sum of dy over the batch. Operand: dy. A result as large as a sample sums over samples, one as large as a vector over all vectors.
/// </summary>
internal sealed record BatchSumOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 1;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands[0].Last == result.Last;
}
