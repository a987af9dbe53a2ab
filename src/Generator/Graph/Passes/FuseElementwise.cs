using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Runs bias, activation and every other elementwise step inside the operation before them, while its result is still in registers.
/// An operation whose plain result somebody else needs keeps it, and sums leave costly steps to an operation of their own.
/// </summary>
internal sealed class FuseElementwise : GraphPass
{
    public override string Name => "fuse elementwise";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        var kept = new Dictionary<int, Op>();
        foreach (Op op in graph.Ops)
        {
            Op current = rewrite.Keep(op);
            if (current.Kind is ElementwiseOp tail
                && kept.TryGetValue(current.Inputs[0], out Op? producer)
                && producer.Kind is FusableOp head
                && !current.Inputs.Skip(1).Contains(producer.Id)
                && CanRun(tail, producer)
                && graph.HasOneReader(op.Inputs[0]))
            {
                rewrite.Drop(producer.Id);
                rewrite.Drop(current.Id);
                current = rewrite.Keep(current with
                {
                    Kind = head with { Steps = head.Steps.Concat(tail.Steps).ToEquatableArray() },
                    Inputs = producer.Inputs.Concat(current.Inputs.Skip(1)).ToEquatableArray(),
                    Label = producer.Label,
                });
            }

            kept[current.Id] = current;
        }

        return rewrite.Finish();
    }

    // A tile of a product knows which unit it is at, not which vector of the sample. And the constants of a costly step (an exponential,
    // a hash) would take the registers that its sums stand in: the JIT keeps constants ready for a whole method.
    private static bool CanRun(ElementwiseOp tail, Op producer) => producer.Kind is ElementwiseOp || tail.Steps.All(step =>
        step.IsCheap && (producer.Shape.Vectors == 1 || step.Operands.All(static operand => operand.Extent != OperandExtent.Sample)));
}
