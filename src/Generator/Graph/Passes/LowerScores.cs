using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>Gives scores their second operand with the steps last, as a product reads it; one copy for all that need it so.</summary>
internal sealed class LowerScores : GraphPass
{
    public override string Name => "lower scores";

    public override OpGraph Apply(OpGraph graph)
    {
        if (!graph.Ops.Any(static op => op.Kind is ScoresOp))
        {
            return graph;
        }

        var rewrite = new GraphRewrite(graph);
        var turned = new Dictionary<int, int>();
        foreach (Op op in graph.Ops)
        {
            if (op.Kind is not ScoresOp { IsTransposed: false })
            {
                rewrite.Keep(op);
                continue;
            }

            Op b = graph[op.Inputs[1]];
            int source = rewrite.Resolve(b.Id);
            if (!turned.TryGetValue(source, out int copy))
            {
                copy = rewrite.Insert(
                    new StepsLastOp(), Shape.Of(b.Shape[1], b.Shape[2], b.Shape[0]), op.Scope, op.Label with { Role = op.Label.Role + "StepsLast" }, source).Id;
                turned.Add(source, copy);
            }

            rewrite.Keep(op with { Kind = new ScoresOp(IsTransposed: true), Inputs = EquatableArray.Of(op.Inputs[0], copy) });
        }

        return rewrite.Finish();
    }
}
