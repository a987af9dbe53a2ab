using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>In training, batch normalization uses the moments of the batch and updates the moving averages.</summary>
internal sealed class NormalizeByBatch : GraphPass
{
    public override string Name => "normalize by batch";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (op.Kind is BatchNormalizeOp kind)
            {
                rewrite.Replace(op.Id, Expand(rewrite, op, kind).Id);
            }
            else
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    private static Op Expand(GraphRewrite rewrite, Op op, BatchNormalizeOp kind)
    {
        OpLabel Label(string role) => new(op.Label.Layer, role);
        int[] inputs = [.. op.Inputs.Select(rewrite.Resolve)];
        int[] mask = kind.IsMasked ? [inputs[inputs.Length - 1]] : [];
        Op moments = rewrite.Insert(
            kind.IsMasked ? new MaskedMomentsOp(kind.Epsilon) : new BatchMomentsOp(kind.Epsilon),
            Shape.Of(3, op.Shape.Last),
            OpScope.Step,
            Label("Moments"),
            [inputs[0], .. mask]);
        rewrite.AddEffect(rewrite.Insert(
            new MovingAverageOp(kind.Momentum), moments.Shape, OpScope.Step, Label("MovingAverage"), moments.Id, inputs[1], inputs[2]));
        Op y = rewrite.Insert(
            new ElementwiseOp(EquatableArray.Of<ElementwiseStep>(new Standardize())),
            op.Shape,
            op.Scope,
            Label("Forward"),
            inputs[0],
            moments.Id);
        if (kind.Scale)
        {
            y = rewrite.InsertStep(new ScaleUnits(), y, Label("Scale"), inputs[3]);
        }

        return kind.Center ? rewrite.InsertStep(new AddBias(), y, Label("Center"), inputs[kind.Scale ? 4 : 3]) : y;
    }
}
