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
            // What reads the output beside the loss's gradient is the derivative of the head.
            Op? loss = op.Inputs.Select(id => graph[id]).FirstOrDefault(static input => input.Kind is LossOp);
            if (loss is { Kind: LossOp kind } && graph.Outputs[kind.Output] is { Head: { } head } output && op.Inputs.Contains(output.Value))
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
}
