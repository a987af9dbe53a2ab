namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Has a convolution pool its result while the pixels of a block are still in registers, where each is in one block: they are never stored,
/// and those that no block has are not computed.
/// </summary>
internal sealed class FusePooling : GraphPass
{
    // A tile holds all pixels of a block: of more, registers that are few would hold no second vector of each.
    private const int MostPixels = 4;

    public override string Name => "fuse pooling";

    public override OpGraph Apply(OpGraph graph)
    {
        if (!graph.Ops.Any(static op => op.Kind is PoolOp))
        {
            return graph;
        }

        var roots = new HashSet<int>(graph.Roots);
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            Op kept = rewrite.Keep(op);
            if (op.Kind is PoolOp pool
                && graph[op.Inputs[0]] is { Kind: ConvolutionOp { Margins.IsEmpty: true, Pooled: null } convolution } producer
                && !roots.Contains(producer.Id)
                && graph.ConsumersOf(producer.Id).Count == 1
                && convolution.Steps.All(static step => step.Operands.All(static operand => operand.Extent == OperandExtent.Unit))
                && BlockOf(pool, Image.Of(producer.Shape), Image.Of(op.Shape)) is { } block)
            {
                rewrite.Drop(producer.Id);
                rewrite.Drop(kept.Id);
                rewrite.Keep(op with { Kind = convolution with { Pooled = block }, Inputs = producer.Inputs, Label = producer.Label with { Role = "Pooled" } });
            }
        }

        return rewrite.Finish();
    }

    // None where windows overlap, leave gaps, stand on what is no pixel, or have a single one, of which there is nothing to pool.
    private static PixelBlock? BlockOf(PoolOp pool, Image x, Image y)
    {
        var block = new PixelBlock(pool.Pooling, pool.Window.Rows.Size, pool.Window.Columns.Size);
        bool isSideBySide = IsSideBySide(pool.Window.Rows) && IsSideBySide(pool.Window.Columns) && !pool.Window.IsPadded(x, y);
        return isSideBySide && block.Pixels is > 1 and <= MostPixels ? block : null;
    }

    private static bool IsSideBySide(WindowAxis axis) => axis.Stride == axis.Size && axis.Dilation == 1;
}
