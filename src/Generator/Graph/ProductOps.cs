using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>y[v, u] = Σₖ x[v, k]·w[k, u] for each vector v. Operands: x, w.</summary>
internal sealed record ProductOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override bool ReadsPacked(int operand) => true;

    public override int OwnInputs => 2;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1][0] && operands[1][1] == result.Last && operands[0].Vectors == result.Vectors;

    // dx = dy·wᵀ,  dw = xᵀ·dy
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op w = tape[op, 1];
        Op transposed = tape.Writer.Add(new TransposeOp(), Shape.Of(w.Shape[1], w.Shape[0]), OpScope.Step, tape.Label(op, "Transpose"), w);
        tape.Contribute(op, 0, new ProductOp(Steps: default), "InputGradient", dy, transposed);
        tape.Contribute(op, 1, new KernelGradientOp(default), "KernelGradient", tape[op, 0], dy);
    }
}

/// <summary>y[v, u] = Σₖ x[v, k]·w[u, k] for each vector v, of few units. Operands: x, w.</summary>
internal sealed record TransposedProductOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 2;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1][1] && operands[1][0] == result.Last && operands[0].Vectors == result.Vectors;
}

/// <summary>dw[k, u] = Σᵥ x[v, k]·dy[v, u] over all vectors of the batch. Operands: x, dy.</summary>
internal sealed record KernelGradientOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    /// <summary>Whether dy may have padding that is not 0, so that dw's is cleared.</summary>
    public bool ClearsPadding { get; init; }

    public override int OwnInputs => 2;

    // Only x is read value by value.
    public override bool ReadsPacked(int operand) => operand == 0;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == result[0] && operands[1].Last == result[1];
}

/// <summary>wᵀ of a kernel w. Operand: w.</summary>
internal sealed record TransposeOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0][0] == result[1] && operands[0][1] == result[0];

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new TransposeOp(), "KernelGradientTranspose", dy);
}

/// <summary>y[m, n] = Σₖ a[m, k]·b[n, k]. Operands: a, b.</summary>
internal sealed record DotOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0].Last == operands[1].Last && result.Vectors == operands[0].Vectors && result.Last == operands[1].Vectors;

    // da = dy·b,  db = dyᵀ·a
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op a = tape[op, 0];
        Op b = tape[op, 1];
        tape.Contribute(op, 0, new DotOp(), "Gradient", dy, Transposed(tape, op, b));
        tape.Contribute(op, 1, new DotOp(), "OtherGradient", Transposed(tape, op, dy), Transposed(tape, op, a));
    }

    // A value of one axis is a matrix of one row.
    private static Op Transposed(GradientTape tape, Op op, Op x)
    {
        OpLabel label = tape.Label(op, "Transpose");
        return x.Shape.Rank == 1
            ? tape.Writer.Add(new ReshapeOp(), Shape.Of(x.Shape[0], 1), OpScope.Sample, label, x)
            : tape.Writer.Add(new PermuteOp(EquatableArray.Of(1, 0)), Shape.Of(x.Shape[1], x.Shape[0]), OpScope.Sample, label, x);
    }
}
