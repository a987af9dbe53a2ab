using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>In inference, batch normalization is one scale and one shift a unit, computed once from the moving averages.</summary>
internal sealed class NormalizeByMovingAverages : GraphPass
{
    public override string Name => "normalize by moving averages";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (op.Kind is not BatchNormalizeOp kind)
            {
                rewrite.Keep(op);
                continue;
            }

            int[] inputs = [.. op.Inputs.Select(rewrite.Resolve)];
            Op affine = rewrite.Insert(
                new AffineOfStatisticsOp(kind.Epsilon, kind.Scale, kind.Center),
                Shape.Of(2, op.Shape.Last),
                OpScope.Step,
                new OpLabel(op.Label.Layer, "Affine"),
                [.. inputs.Skip(1).Take(kind.IsMasked ? inputs.Length - 2 : inputs.Length - 1)]);
            Op y = rewrite.Insert(
                new ElementwiseOp(EquatableArray.Of<ElementwiseStep>(new AffineUnits())), op.Shape, op.Scope, op.Label, inputs[0], affine.Id);
            rewrite.Replace(op.Id, y.Id);
        }

        return rewrite.Finish();
    }
}
