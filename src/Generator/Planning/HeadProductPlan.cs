using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>y[r, c] = Σₖ left[r, k]·right[k, c] for each head of each sample, both operands computed.</summary>
/// <param name="Left">Where the left operand's elements lie; a row's need not follow each other.</param>
/// <param name="Right">Where the right operand's rows lie, whose elements follow each other.</param>
/// <param name="Result">Where the result's rows lie.</param>
internal sealed record HeadProductPlan(
    int Heads, int Rows, int Columns, int Depth, LeftSteps Left, HeadSteps Right, HeadSteps Result, EquatableArray<Tile> Tiles) : KernelPlan
{
    public override int ComputedColumns => PanelLayout.Computed(Columns);

    public override bool TakesSamples => true;
}

/// <summary>Floats from one sample, head, row and term to the next.</summary>
internal sealed record LeftSteps(int Sample, int Head, int Row, int Term);

/// <summary>Floats from one sample, head and row to the next.</summary>
internal sealed record HeadSteps(int Sample, int Head, int Row);

/// <summary>Sizes, strides and tiles of products of computed values.</summary>
internal static class HeadProductPlanner
{
    public static HeadProductPlan Plan(Op op, ScoresOp scores, BufferPlan buffers)
    {
        _ = scores.IsTransposed ? scores : throw new InvalidOperationException("scores are planned with their steps last");
        (int heads, int rows, int columns) = (op.Shape[0], op.Shape[1], op.Shape[2]);
        ValueBuffer a = buffers[op.Inputs[0]];
        ValueBuffer b = buffers[op.Inputs[1]];
        HeadSteps left = ByStep(a, heads);
        return new HeadProductPlan(
            heads,
            rows,
            columns,
            a.Columns,
            new LeftSteps(left.Sample, left.Head, left.Row, Term: 1),
            ByHead(b, heads),
            ByHead(buffers[op.Id], heads),
            TileChooser.ForProduct(rows, PanelLayout.Computed(columns), a.Columns));
    }

    public static HeadProductPlan Plan(OpGraph graph, Op op, MixOp mix, BufferPlan buffers)
    {
        (int rows, int heads, int columns) = (op.Shape[0], op.Shape[1], op.Shape[2]);
        HeadSteps p = ByHead(buffers[op.Inputs[0]], heads);
        int depth = graph[op.Inputs[1]].Shape[0];
        return new HeadProductPlan(
            heads,
            rows,
            columns,
            depth,
            mix.OfColumns ? new LeftSteps(p.Sample, p.Head, Row: 1, p.Row) : new LeftSteps(p.Sample, p.Head, p.Row, Term: 1),
            ByStep(buffers[op.Inputs[1]], heads),
            ByStep(buffers[op.Id], heads),
            TileChooser.ForProduct(rows, PanelLayout.Computed(columns), depth));
    }

    // [steps, heads, n]
    private static HeadSteps ByStep(ValueBuffer buffer, int heads) => new(buffer.SampleStride, buffer.Stride, heads * buffer.Stride);

    // [heads, rows, n]
    private static HeadSteps ByHead(ValueBuffer buffer, int heads) => new(buffer.SampleStride, buffer.SampleStride / heads, buffer.Stride);
}
