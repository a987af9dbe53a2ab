namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Drops what no output needs. This is what saves the gradient of the network's input: no parameter asks for it. The loss stays where
/// there is nothing to learn either: it is reported.
/// </summary>
internal sealed class RemoveUnused : GraphPass
{
    public override string Name => "remove unused";

    public override OpGraph Apply(OpGraph graph)
    {
        var needed = new HashSet<int>(graph.Roots);
        foreach (Op op in graph.Ops.Reverse())
        {
            if (op.Kind is InputOp or LossOp)
            {
                needed.Add(op.Id);
            }

            if (needed.Contains(op.Id))
            {
                needed.UnionWith(op.Inputs);
            }
        }

        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops.Where(op => needed.Contains(op.Id)))
        {
            rewrite.Keep(op);
        }

        return rewrite.Finish();
    }
}
