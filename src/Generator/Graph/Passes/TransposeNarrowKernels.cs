using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Stores the kernels of products of few units transposed. The parameter keeps its name and logical shape; what reads it gets the
/// transpose, which <see cref="FoldTransposes"/> takes into the products.
/// </summary>
internal sealed class TransposeNarrowKernels : GraphPass
{
    public override string Name => "transpose narrow kernels";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (op.Kind is ParameterOp { Parameter: var parameter } && IsNarrow(graph, op, parameter))
            {
                var transposed = Shape.Of(op.Shape[1], op.Shape[0]);
                ParameterSpec stored = parameter with { Layout = ParameterLayout.TransposedPanels, Stored = transposed };
                Op kept = rewrite.Keep(op with { Kind = new ParameterOp(stored), Shape = transposed });
                rewrite.Replace(op.Id, rewrite.Insert(new TransposeOp(), op.Shape, OpScope.Step, new OpLabel(op.Label.Layer, "Transpose"), kept.Id).Id);
            }
            else
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    // A norm is taken down the columns of panels.
    private static bool IsNarrow(OpGraph graph, Op op, ParameterSpec parameter) =>
        parameter is { Layout: ParameterLayout.Panels, Parts: 1, Constraint.Kind: Constraint.None or Constraint.NonNeg }
        && op.Shape.Rank == 2
        && NarrowKernel.IsNarrow(op.Shape[0], op.Shape[1])
        && graph.ConsumersOf(op.Id).All(consumer => consumer.Kind is ProductOp && consumer.Inputs[1] == op.Id);
}
