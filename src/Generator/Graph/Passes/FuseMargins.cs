namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Has a convolution write its result among the zeros that its reader wants around it, which spares a copy. One of a single tap, a product
/// by now, becomes a convolution again for that.
/// </summary>
internal sealed class FuseMargins : GraphPass
{
    // A tile of a convolution has pixels of one row; one of fewer leaves much of the registers empty, which costs more than the copy.
    private const int LeastColumns = 4;

    private static readonly Window s_point = new(new WindowAxis(1), new WindowAxis(1));

    public override string Name => "fuse margins";

    public override OpGraph Apply(OpGraph graph)
    {
        if (!graph.Ops.Any(static op => op.Kind is PlaceOp))
        {
            return graph;
        }

        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            Op kept = rewrite.Keep(op);
            if (op.Kind is PlaceOp { Rows.Stride: 1, Columns.Stride: 1 } place
                && graph[op.Inputs[0]] is var producer
                && graph.HasOneReader(producer.Id)
                && Convolution(producer) is ImageOp { Margins.IsEmpty: true } convolution
                && Around(producer, op, place) is Margins margins)
            {
                rewrite.Drop(producer.Id);
                rewrite.Drop(kept.Id);
                rewrite.Keep(op with { Kind = convolution with { Margins = margins }, Inputs = producer.Inputs, Label = producer.Label });
            }
        }

        return rewrite.Finish();
    }

    private static ImageOp? Convolution(Op op) => op.Kind switch
    {
        FusableOp fusable when fusable.Steps.Any(static step => step.Operands.Any(static operand => operand.Extent != OperandExtent.Unit)) => null,
        ProductOp product when op.Shape.Rank is 2 or 3 && Image.Of(op.Shape).Columns >= LeastColumns => new ConvolutionOp(s_point, product.Steps),
        ImageOp convolution => convolution,
        _ => null,
    };

    // None where pixels are left out.
    private static Margins? Around(Op producer, Op placed, PlaceOp place)
    {
        var image = Image.Of(producer.Shape);
        var whole = Image.Of(placed.Shape);
        var margins = new Margins(
            place.Rows.Before,
            whole.Rows - image.Rows - place.Rows.Before,
            place.Columns.Before,
            whole.Columns - image.Columns - place.Columns.Before);
        return margins is { Top: >= 0, Bottom: >= 0, Left: >= 0, Right: >= 0 } ? margins : null;
    }
}
