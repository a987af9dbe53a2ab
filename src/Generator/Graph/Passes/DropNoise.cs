namespace Unroll.Generator.Graph.Passes;

/// <summary>Inference knows no dropout and no other noise: the value is the operand.</summary>
internal sealed class DropNoise : GraphPass
{
    public override string Name => "drop noise";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (Op op in graph.Ops)
        {
            if (op.Kind.IsNoise)
            {
                rewrite.Replace(op.Id, op.Inputs[0]);
            }
            else
            {
                rewrite.Keep(op);
            }
        }

        return rewrite.Finish();
    }
}
