using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>y[v, u] = Σₖ x[v, k]·w[u, k] for each vector v, of few units. Operands: x, w.</summary>
internal sealed record TransposedProductOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 2;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1][1] && operands[1][0] == result.Last && operands[0].Vectors == result.Vectors;
}
