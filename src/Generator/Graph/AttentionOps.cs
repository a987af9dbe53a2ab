using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// y[h, t, s] = Σ_d a[t, h, d]·b[s, h, d]: how much each of a's steps has to do with each of b's, by head. Operands: a [steps, heads, d] and
/// b of the same kind; or, where <c>IsTransposed</c>, b as [heads, d, steps].
/// </summary>
internal sealed record ScoresOp(bool IsTransposed = false) : OpKind
{
    public override IEnumerable<string?> Details => [IsTransposed ? "transposed" : null];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == Shape.Of(result[1], result[0], operands[0].Last)
        && operands[1] == (IsTransposed ? Shape.Of(result[0], operands[0].Last, result[2]) : Shape.Of(result[2], result[0], operands[0].Last));

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * graph[op.Inputs[0]].Shape.Last;
}

/// <summary>
/// y[t, h, e] = Σ_s p[h, t, s]·v[s, h, e]: v's steps mixed by the rows of p; or by its columns, y[s, h, e] = Σ_t p[h, t, s]·v[t, h, e].
/// Operands: p [heads, t, s], v [steps, heads, e].
/// </summary>
internal sealed record MixOp(bool OfColumns = false) : OpKind
{
    public override IEnumerable<string?> Details => [OfColumns ? "of columns" : null];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands)
    {
        (int own, int other) = OfColumns ? (2, 1) : (1, 2);
        return operands.Count == 2 && operands[0].Rank == 3
            && result == Shape.Of(operands[0][own], operands[0][0], operands[1].Last)
            && operands[1] == Shape.Of(operands[0][other], operands[0][0], operands[1].Last);
    }

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * graph[op.Inputs[0]].Shape[OfColumns ? 1 : 2];
}

/// <summary>[steps, heads, d] to [heads, d, steps]. Operand: x.</summary>
internal sealed record StepsLastOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0] == Shape.Of(result[2], result[0], result[1]);
}

/// <summary>Softmax over the last axis, where row t of a head sees its first t + 1 columns only: the others become 0. Operand: x [heads, t, s].</summary>
internal sealed record CausalSoftmaxOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result && result.Rank == 3;

    // What is 0 passes nothing on.
    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new SoftmaxGradientOp(), "Gradient", op, dy);
}
