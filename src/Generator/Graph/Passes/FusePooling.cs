namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Has a convolution pool its result while the pixels of a block are still in registers, where each is in one block: they are never stored,
/// and those that no block has are not computed.
/// </summary>
internal sealed class FusePooling : GraphPass
{
    // A tile holds all pixels of a block: of more, registers that are few would hold no second vector of each.
    private const int MostPixels = 4;

    // What storing a vector, loading it again and comparing it takes, in multiply-adds. Of deep sums it is less than what is lost with the
    // rows of taps on zeros, which a convolution leaves out only where all pixels of a block meet them.
    private const int WorthMultiplyAdds = 8;

    public override string Name => "fuse pooling";

    public override OpGraph Apply(OpGraph graph)
    {
        if (!graph.Ops.Any(static op => op.Kind is PoolOp))
        {
            return graph;
        }

        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            Op kept = rewrite.Keep(op);
            if (op.Kind is PoolOp pool
                && graph[op.Inputs[0]] is { Kind: ConvolutionOp { Margins.IsEmpty: true, Pooled: null } convolution } producer
                && graph.HasOneReader(producer.Id)
                && convolution.Steps.All(static step => step.Operands.All(static operand => operand.Extent == OperandExtent.Unit))
                && BlockOf(pool, Image.Of(producer.Shape), Image.Of(op.Shape)) is { } block
                && (block.Rows == 1 || MultiplyAddsOfZeros(graph, producer, convolution.Window) <= WorthMultiplyAdds))
            {
                rewrite.Drop(producer.Id);
                rewrite.Drop(kept.Id);
                rewrite.Keep(op with { Kind = convolution with { Pooled = block }, Inputs = producer.Inputs, Label = producer.Label with { Role = "Pooled" } });
            }
        }

        return rewrite.Finish();
    }

    // For each pixel, on average: rows of taps on zeros, in all positions of the window, over rows of pixels.
    private static double MultiplyAddsOfZeros(OpGraph graph, Op convolution, Window window)
    {
        Op x = graph[convolution.Inputs[0]];
        (int top, int bottom) = Margins.ZeroRows(graph, x);
        int TapRows(int zeros) => Enumerable.Range(0, (zeros / window.Rows.Stride) + 1).Sum(row => zeros - (row * window.Rows.Stride));
        double rows = TapRows(Math.Min(top, window.Rows.Size - 1)) + TapRows(Math.Min(bottom, window.Rows.Size - 1));
        return rows * window.Columns.Size * x.Shape.Last / Image.Of(convolution.Shape).Rows;
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
