using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;

namespace Unroll.Generator.Planning;

/// <summary>Which operations on all steps of sequences need no masked step, because the loop beside them has left it out or will.</summary>
internal static class MaskedRows
{
    /// <summary>The mask of the rows that <paramref name="op"/> computes or adds up; null where it takes them all.</summary>
    public static int? MaskOf(OpGraph graph, Op op) => op.Kind switch
    {
        ProductOp product when op.PerSample == 1 && product.Steps.All(static step => step is AddBias) =>
            MaskOfReaders(graph, op) ?? (product.Steps.Count == 0 ? MaskOfGates(graph, op.Inputs[0]) : null),
        KernelGradientOp { Steps.Count: 0 } => MaskOfGates(graph, op.Inputs[1]),
        _ => null,
    };

    // A product whose masked rows nobody reads.
    private static int? MaskOfReaders(OpGraph graph, Op op)
    {
        int[] masks =
        [
            .. graph.ConsumersOf(op.Id).Select(consumer => consumer.Kind is LoopOp { Body: { Idle: IdleSteps idle } body } && TakesCountingRows(op, consumer, body, idle)
                ? consumer.Inputs[body.Slots[idle.Mask].Operand]
                : -1).Distinct(),
        ];
        return masks.Length == 1 && masks[0] >= 0 ? masks[0] : null;
    }

    private static bool TakesCountingRows(Op op, Op loop, LoopBody body, IdleSteps idle) => body.Slots.Select((slot, number) => (slot, number))
        .Where(each => each.slot.Operand >= 0 && loop.Inputs[each.slot.Operand] == op.Id)
        .All(each => each.slot is { Kind: LoopSlotKind.Step, Shift: 0 } && !idle.Added.Contains(each.number));

    // What a loop has computed besides its state: 0 where masked, for it adds nothing to anything.
    private static int? MaskOfGates(OpGraph graph, int value) => graph[value] is { Kind: LoopRowsOp rows } op
        && graph[op.Inputs[0]] is { Kind: LoopOp { Body: { Idle: IdleSteps idle } body } } loop
        && body.Slots[rows.Slot].Kind == LoopSlotKind.Local
            ? loop.Inputs[body.Slots[idle.Mask].Operand]
            : null;
}
