using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>y[v, u] = Σₖ x[v, k]·w[k, u] for each vector v. Operands: x, w.</summary>
internal sealed record ProductOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override bool ReadsPacked(int operand) => true;

    public override int OwnInputs => 2;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1][0] && operands[1][1] == result.Last && operands[0].Vectors == result.Vectors;

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * graph[op.Inputs[0]].Shape.Last;
}

/// <summary>y[v, u] = Σₖ x[v, k]·w[u, k] for each vector v, of few units. Operands: x, w.</summary>
internal sealed record TransposedProductOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 2;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1][1] && operands[1][0] == result.Last && operands[0].Vectors == result.Vectors;

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * graph[op.Inputs[0]].Shape.Last;
}

/// <summary>dw[k, u] = Σᵥ x[v, k]·dy[v, u] over all vectors of the batch. Operands: x, dy.</summary>
internal sealed record KernelGradientOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override IEnumerable<string?> Details => [ClearsPadding ? "clearing padding" : null, .. base.Details];

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    /// <summary>Whether dy may have padding that is not 0, so that dw's is cleared.</summary>
    public bool ClearsPadding { get; init; }

    public override int OwnInputs => 2;

    // Only x is read value by value.
    public override bool ReadsPacked(int operand) => operand == 0;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == result[0] && operands[1].Last == result[1];

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * graph[op.Inputs[0]].Shape.Vectors;
}

/// <summary>wᵀ of a kernel w. Operand: w.</summary>
internal sealed record TransposeOp : OpKind
{
    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0][0] == result[1] && operands[0][1] == result[0];

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new TransposeOp(), "KernelGradientTranspose", dy);
}
