using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Folds a scale and shift into the kernel and bias of the product before or after it: (x·w + b)·s + t = x·(w·s) + (b·s + t), and
/// (x·s + t)·w + b = x·(s·w) + (b + t·w). The folded kernel is computed once for each change of the parameters.
/// </summary>
internal sealed class FoldAffine : GraphPass
{
    public override string Name => "fold affine";

    public override OpGraph Apply(OpGraph graph)
    {
        // One fold may make the next possible: normalization on both sides of a product.
        while (FindAfter(graph) is Op after)
        {
            graph = FoldAfter(graph, after);
        }

        while (FindBefore(graph) is Op before)
        {
            graph = FoldBefore(graph, before);
        }

        return graph;
    }

    // An affine step over a product, or over a product and its bias, that nobody else reads.
    private static Op? FindAfter(OpGraph graph) => graph.Ops.FirstOrDefault(op =>
        IsAffine(op) && BaseOf(graph, op.Inputs[0]) is Op product
        && Chain(graph, op.Inputs[0]).All(part => graph.HasOneReader(part.Id)) && product.Kind is ProductOp or ConvolutionOp);

    // A product over an affine step that nobody else reads. Where zeros stand around an image, it reads what put them there.
    private static Op? FindBefore(OpGraph graph) => graph.Ops.FirstOrDefault(op =>
        op.Kind is ProductOp or ConvolutionOp && graph[op.Inputs[0]] is Op x && IsAffine(x) && graph.HasOneReader(x.Id));

    private static OpGraph FoldAfter(OpGraph graph, Op affine)
    {
        Op[] chain = [.. Chain(graph, affine.Inputs[0])];
        Op product = chain[chain.Length - 1];
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (op.Id == affine.Id)
            {
                int a = rewrite.Resolve(affine.Inputs[1]);
                Op w = graph[product.Inputs[1]];
                Op kernel = rewrite.Insert(
                    new ScaleKernelColumnsOp(), w.Shape, OpScope.Step, Label(product, "FoldedKernel"), rewrite.Resolve(w.Id), a);
                int[] bias = chain.Length == 1 ? [a] : [a, rewrite.Resolve(chain[0].Inputs[1])];
                Op folded = rewrite.Insert(new ScaleBiasOp(), Shape.Of(w.Shape.Last), OpScope.Step, Label(product, "FoldedBias"), bias);
                rewrite.Replace(op.Id, InsertProduct(rewrite, product, rewrite.Resolve(product.Inputs[0]), kernel, folded).Id);
            }
            else if (!chain.Contains(op))
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    private static OpGraph FoldBefore(OpGraph graph, Op product)
    {
        Op affine = graph[product.Inputs[0]];
        Op? bias = graph.HasOneReader(product.Id) && graph.ConsumersOf(product.Id)[0] is { Kind: ElementwiseOp { OnlyStep: AddBias } } next
            ? next
            : null;
        Op last = bias ?? product;
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (op.Id == last.Id)
            {
                int a = rewrite.Resolve(affine.Inputs[1]);
                Op w = graph[product.Inputs[1]];
                int weights = rewrite.Resolve(w.Id);
                Op kernel = rewrite.Insert(new ScaleKernelRowsOp(), w.Shape, OpScope.Step, Label(product, "FoldedKernel"), weights, a);
                int[] shift = bias is null ? [weights, a] : [weights, a, rewrite.Resolve(bias.Inputs[1])];
                Op folded = rewrite.Insert(new ShiftBiasOp(), Shape.Of(w.Shape.Last), OpScope.Step, Label(product, "FoldedBias"), shift);
                rewrite.Replace(last.Id, InsertProduct(rewrite, product, rewrite.Resolve(affine.Inputs[0]), kernel, folded).Id);
            }
            else if (op.Id != affine.Id && op.Id != product.Id)
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    private static Op InsertProduct(GraphRewrite rewrite, Op product, int x, Op kernel, Op bias)
    {
        Op y = rewrite.Insert(product.Kind, product.Shape, product.Scope, product.Label, x, kernel.Id);
        return rewrite.InsertStep(new AddBias(), y, product.Label, bias.Id);
    }

    private static bool IsAffine(Op op) => op.Kind is ElementwiseOp { OnlyStep: AffineUnits };

    private static Op? BaseOf(OpGraph graph, int id) => Chain(graph, id).LastOrDefault();

    /// <summary>A bias and the product below it, or the product alone.</summary>
    private static IEnumerable<Op> Chain(OpGraph graph, int id)
    {
        Op op = graph[id];
        yield return op;
        if (op.Kind is ElementwiseOp { OnlyStep: AddBias })
        {
            yield return graph[op.Inputs[0]];
        }
    }

    private static OpLabel Label(Op op, string role) => new(op.Label.Layer, role);
}
