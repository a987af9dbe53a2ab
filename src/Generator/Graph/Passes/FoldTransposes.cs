using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// (wᵀ)ᵀ = w; x·wᵀ without wᵀ where w has few rows; and (xᵀ·dy)ᵀ = dyᵀ·x, the gradient of what is stored transposed.
/// </summary>
internal sealed class FoldTransposes : GraphPass
{
    public override string Name => "fold transposes";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            switch (op.Kind)
            {
                case TransposeOp when graph[op.Inputs[0]] is { Kind: TransposeOp } inner:
                    rewrite.Replace(op.Id, rewrite.Resolve(inner.Inputs[0]));
                    break;
                case TransposeOp when graph[op.Inputs[0]] is { Kind: KernelGradientOp } gradient && graph.HasOneReader(gradient.Id):
                    var swapped = new KernelGradientOp(default) { ClearsPadding = true };
                    rewrite.Replace(op.Id, rewrite.Insert(
                        swapped, op.Shape, op.Scope, gradient.Label, rewrite.Resolve(gradient.Inputs[1]), rewrite.Resolve(gradient.Inputs[0])).Id);
                    break;
                case ProductOp when graph[op.Inputs[1]] is { Kind: TransposeOp } w && NarrowKernel.SumsAlongInputs(w.Shape[0], w.Shape[1]):
                    rewrite.Keep(op with
                    {
                        Kind = new TransposedProductOp(default),
                        Inputs = EquatableArray.Of(op.Inputs[0], rewrite.Resolve(w.Inputs[0])),
                    });
                    break;
                default:
                    rewrite.Keep(op);
                    break;
            }
        }

        return rewrite.Finish();
    }
}
