using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// What of a loop's memory lasts. A slot whose rows somebody reads after the loop has one for each step, and a carried one another for what
/// it starts from; any other slot is one vector that each step writes again.
/// </summary>
internal sealed class LoopMemory(OpGraph graph, Op loop, LoopBody body)
{
    private readonly HashSet<int> _kept =
        [.. graph.ConsumersOf(loop.Id).Where(static consumer => consumer.Kind is LoopRowsOp or LoopStatesOp).Select(static consumer => ((LoopValueOp)consumer.Kind).Slot)];

    /// <summary>The slots that need memory of the loop's own.</summary>
    public IEnumerable<int> Owned => Enumerable.Range(0, body.Slots.Count)
        .Where(slot => body.Slots[slot].Kind is LoopSlotKind.Local or LoopSlotKind.Carried && IsOfUse(slot));

    /// <summary>Those of them that last for all steps.</summary>
    public IEnumerable<int> Kept => Owned.Where(_kept.Contains);

    /// <summary>Where a slot lies: its own place, or that of the operand it shows.</summary>
    public static ValueBuffer BufferOf(LoopSlot slot, Op loop, BufferPlan buffers) =>
        buffers[slot.Kind is LoopSlotKind.Local or LoopSlotKind.Carried ? slot.Id : loop.Inputs[slot.Operand]];

    /// <summary>Whether a slot lasts from step to step, or after the loop, or is read by the cell itself.</summary>
    public bool IsOfUse(int slot) => body.Slots[slot].Kind == LoopSlotKind.Carried || _kept.Contains(slot) || body.Cell.Any(step => step switch
    {
        CellProduct product => product.X == slot,
        CellLanes lanes => lanes.Program.Nodes.Any(node => node is LaneRead read && lanes.Slots[read.Operand] == slot),
        _ => false,
    });

    public int RowsOf(int slot) => !_kept.Contains(slot) ? 1 : body.Steps + (body.Slots[slot].Kind == LoopSlotKind.Carried ? 1 : 0);

    /// <summary>The first row, for each step another: what a step reads, or what it leaves.</summary>
    public Offset RowOf(int slot, bool isWritten, Offset step)
    {
        LoopSlot of = body.Slots[slot];
        return of.Kind switch
        {
            LoopSlotKind.Step => step + of.Shift,
            LoopSlotKind.Scalar => step,
            LoopSlotKind.Local when _kept.Contains(slot) => step,
            LoopSlotKind.Carried when _kept.Contains(slot) => step + (isWritten == body.IsReversed ? 0 : 1),
            _ => 0,
        };
    }

    /// <summary>The row of a carried slot before the first step.</summary>
    public int FirstRow(int slot) => body.IsReversed && _kept.Contains(slot) ? body.Steps : 0;

    /// <summary>The row of a carried slot after the last step.</summary>
    public int LastRow(int slot) => body.IsReversed || !_kept.Contains(slot) ? 0 : body.Steps;
}
