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
        if (graph.Logits is not int logits)
        {
            return graph;
        }

        Activation head = graph[graph.Output].Kind is SoftmaxOp ? Activation.Softmax : Activation.Sigmoid;
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (IsHeadGradient(graph, op))
            {
                Op loss = rewrite.Insert(new LossOp(head), op.Shape, op.Scope, new OpLabel("loss", "Gradient"), graph.Output, logits);
                rewrite.Replace(op.Id, loss.Id);
            }
            else if (op.Kind is not LossOp)
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }

    private static bool IsHeadGradient(OpGraph graph, Op op) => op.Kind switch
    {
        SoftmaxGradientOp => graph[op.Inputs[1]].Kind is LossOp,
        ElementwiseOp { OnlyStep: ActivateGradient { Function.Kind: Activation.Sigmoid } } => graph[op.Inputs[0]].Kind is LossOp,
        _ => false,
    };
}
