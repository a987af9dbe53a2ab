using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Leaves out the last rows and columns of a convolution that a pooling behind it does not reach: of 11 × 11 pixels that are pooled two by two
/// there are 10 × 10, and on the way back their gradient is no longer a row of zeros.
/// </summary>
internal sealed class DropUnpooled : GraphPass
{
    public override string Name => "drop unpooled pixels";

    public override OpGraph Apply(OpGraph graph)
    {
        var shapes = new Dictionary<int, Shape>();
        foreach (Op op in graph.Ops)
        {
            if (op.Kind is PoolOp pool && graph[op.Inputs[0]] is var x && Reached(pool.Window, x.Shape, Image.Of(op.Shape)) is var reached && reached != x.Shape
                && Chain(graph, x) is { Count: > 0 } chain)
            {
                chain.ForEach(part => shapes.Add(part.Id, reached));
            }
        }

        if (shapes.Count == 0)
        {
            return graph;
        }

        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            rewrite.Keep(shapes.TryGetValue(op.Id, out Shape shape) ? Cut(op, shape) : op);
        }

        return rewrite.Finish();
    }

    private static Op Cut(Op op, Shape shape) =>
        op with { Shape = shape, Kind = op.Kind is ContractOp contract ? contract.Over(shape) : op.Kind };

    private static Shape Reached(Window window, Shape x, Image y)
    {
        var image = Image.Of(x);
        return (image with
        {
            Rows = image.Rows + Math.Min(0, window.Rows.After(image.Rows, y.Rows)),
            Columns = image.Columns + Math.Min(0, window.Columns.After(image.Columns, y.Columns)),
        }).Like(x);
    }

    // From the pooling's operand back to a convolution; nothing where somebody else reads on the way, or a step's numbers depend on the place.
    private static List<Op> Chain(OpGraph graph, Op x)
    {
        var chain = new List<Op>();
        while (graph.HasOneReader(x.Id))
        {
            chain.Add(x);
            switch (x.Kind)
            {
                // One of a single tap is left as it is: a product takes all pixels for rows.
                case ContractOp { Result: 2, Contraction: var contraction } when ContractionForm.Of(contraction) is ContractionForm.Windowed { Window.IsPoint: false }:
                    return chain;
                case ElementwiseOp elementwise when elementwise.Steps.All(static step =>
                        !step.IsNoise && step.Operands.All(static operand => operand.Extent == OperandExtent.Unit)):
                    x = graph[x.Inputs[0]];
                    break;
                default:
                    return [];
            }
        }

        return [];
    }
}
