using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>w[k, u]·a[0, u]. Operands: w, affine.</summary>
internal sealed record ScaleKernelColumnsOp : OpKind
{
    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == result && operands[1].Last == result[1];
}

/// <summary>b[u]·a[0, u] + a[1, u]. Operands: affine, then b where present.</summary>
internal sealed record ScaleBiasOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count is 1 or 2 && operands[0] == Shape.Of(2, result.Last) && operands.Skip(1).All(bias => bias == result);
}

/// <summary>a[0, c]·w[k, u], c being the channel of row k, at each tap of a window the same. Operands: w, affine.</summary>
internal sealed record ScaleKernelRowsOp : OpKind
{
    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == result && result[0] % operands[1].Last == 0;
}

/// <summary>b[u] + Σₖ a[1, c]·w[k, u], c being the channel of row k. Operands: w, affine, then b where present.</summary>
internal sealed record ShiftBiasOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count is 2 or 3 && operands[0][1] == result.Last && operands[0][0] % operands[1].Last == 0
        && operands.Skip(2).All(bias => bias == result);
}
