using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The values of sixteen samples side by side: the units of a group one after another, the lanes of a unit its samples.</summary>
internal static class SampleLanes
{
    /// <summary>Samples of a group: the lanes of the widest vector there is, and the same for every machine.</summary>
    public const int Group = Shape.PaddedTo;
}

/// <summary>The rows of sixteen samples as a group; lanes without a sample are 0. Operand: x.</summary>
internal sealed record RowsToLanesOp : OpKind
{
    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Lanes;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;
}

/// <summary>A group as rows of its samples. Operand: x.</summary>
internal sealed record LanesToRowsOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;
}

/// <summary>y[u] = Σₖ x[k]·w[k, u] in each lane. Operands: x, and w or wᵀ.</summary>
internal sealed record LaneProductOp(EquatableArray<ElementwiseStep> Steps, bool IsTransposed) : FusableOp(Steps)
{
    public override IEnumerable<string?> Details => [IsTransposed ? "transposed" : null, .. base.Details];

    public override int OwnInputs => 2;

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Lanes;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1][IsTransposed ? 1 : 0] && operands[1][IsTransposed ? 0 : 1] == result.Last;

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * graph[op.Inputs[0]].Shape.Last;
}

/// <summary>Elementwise steps over values in lanes. Operand: x.</summary>
internal sealed record LaneStepsOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 1;

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Lanes;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands[0] == result;
}

/// <summary>Softmax over the units, or its logarithm, in each lane. Operand: x.</summary>
internal sealed record LaneSoftmaxOp(bool Logarithm) : OpKind
{
    public override IEnumerable<string?> Details => [Logarithm ? "logarithm" : null];

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Lanes;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;
}
