using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Where softmax or sigmoid ends the network, its gradient and the loss's become one operation at the logits: p − y, exact where the
/// probability has rounded to 0 or 1.
/// </summary>
internal sealed class FuseHeadWithLoss : GraphPass
{
    public override string Name => "fuse head with loss";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (HeadLoss(graph, op) is { Kind: LossOp kind } loss && graph.Outputs[kind.Output] is { Head: { } head } output)
            {
                Op fused = rewrite.Insert(
                    new LossOp(head.Activation, kind.Output),
                    op.Shape,
                    op.Scope,
                    new OpLabel("loss", "Gradient"),
                    [output.Value, head.Logits, .. loss.Inputs.Skip(kind.Values)]);
                rewrite.Replace(op.Id, fused.Id);
            }
            else if (op.Kind is not LossOp loose || graph.Outputs[loose.Output].Head is null)
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    // The loss whose gradient goes through the head in this operation.
    private static Op? HeadLoss(OpGraph graph, Op op) => op.Kind switch
    {
        SoftmaxGradientOp => graph[op.Inputs[1]],
        ElementwiseOp { OnlyStep: ActivateGradient { Function.Kind: Activation.Sigmoid } } => graph[op.Inputs[0]],
        _ => null,
    };
}
