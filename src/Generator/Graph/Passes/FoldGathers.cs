using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// table[ids]·w + b = (table·w + b)[ids]: a product of each row of a table once for each change of the parameters, in place of one for each id that
/// comes. Where the tables of products are small: larger ones would come from memory, and take long to compute.
/// </summary>
internal sealed class FoldGathers : GraphPass
{
    // 4 MiB of all products: outer caches hold that.
    private const long MostFloats = 1 << 20;

    // About a millisecond.
    private const long MostMultiplyAdds = 1 << 26;

    public override string Name => "fold gathers";

    public override OpGraph Apply(OpGraph graph)
    {
        Dictionary<int, Op> products = Foldable(graph).ToDictionary(op => BiasOf(graph, op)?.Id ?? op.Id);
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (products.TryGetValue(op.Id, out Op? product))
            {
                rewrite.Replace(op.Id, Fold(graph, rewrite, product, op));
            }
            else if (!products.ContainsValue(op))
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    private static int Fold(OpGraph graph, GraphRewrite rewrite, Op product, Op last)
    {
        Op gather = graph[product.Inputs[0]];
        Op table = graph[gather.Inputs[1]];
        var label = new OpLabel(product.Label.Layer, product.Label.Role + "Table");
        Op rows = rewrite.Insert(
            product.Kind,
            Shape.Of(table.Shape[0], product.Shape.Last),
            OpScope.Step,
            label,
            rewrite.Resolve(table.Id),
            rewrite.Resolve(product.Inputs[1]));
        if (last.Id != product.Id)
        {
            rows = rewrite.InsertStep(new AddBias(), rows, label, rewrite.Resolve(last.Inputs[1]));
        }

        return rewrite.Insert(gather.Kind, product.Shape, product.Scope, product.Label, rewrite.Resolve(gather.Inputs[0]), rows.Id).Id;
    }

    // Those that find room, the first layers before the others.
    private static IEnumerable<Op> Foldable(OpGraph graph)
    {
        long floats = 0;
        foreach (Op op in graph.Ops.Where(op => IsProductOfRows(graph, op)))
        {
            Shape table = graph[graph[op.Inputs[0]].Inputs[1]].Shape;
            long own = Shape.Of(table[0], op.Shape.Last).PaddedSize;
            if (floats + own <= MostFloats && table.Size * op.Shape.Last <= MostMultiplyAdds)
            {
                floats += own;
                yield return op;
            }
        }
    }

    // What else reads the gathered rows needs them anyway.
    private static bool IsProductOfRows(OpGraph graph, Op op) => op is { Kind: ProductOp, Scope: OpScope.Sample }
        && graph[op.Inputs[1]].Scope == OpScope.Step
        && graph[op.Inputs[0]] is { Kind: GatherOp } gather && !graph.IsRoot(gather.Id)
        && graph.ConsumersOf(gather.Id).All(static consumer => consumer.Kind is ProductOp);

    private static Op? BiasOf(OpGraph graph, Op product) =>
        graph.HasOneReader(product.Id) && graph.ConsumersOf(product.Id)[0] is { Kind: ElementwiseOp { OnlyStep: AddBias } } bias ? bias : null;
}
