using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <content>The places of what loops and streams remember.</content>
internal sealed partial class BufferPlanner
{
    // Before all others, and for good: what a stream remembers lies together.
    private void PlaceLasting()
    {
        foreach (Op op in _schedule)
        {
            if (op.Kind.IsLasting)
            {
                int stride = PanelLayout.RowStride(op.Shape);
                _buffers[op.Id] = PlaceRows(op, Allocate(op, stride), stride);
                _lastUse[op.Id] = int.MaxValue;
            }

            if (op.Kind is LoopOp { Body: { IsResumed: true } body })
            {
                foreach (LoopSlot slot in body.Slots.Where(static slot => slot.Kind == LoopSlotKind.Carried))
                {
                    PlaceSlot(op, slot, rows: 1);
                    _lastUse[slot.Id] = int.MaxValue;
                }
            }
        }
    }

    private void PlaceSlots(Op op, LoopBody body)
    {
        var memory = new LoopMemory(_graph, op, body);
        foreach (int number in memory.Owned.Where(number => !_buffers.ContainsKey(body.Slots[number].Id)))
        {
            PlaceSlot(op, body.Slots[number], memory.RowsOf(number));
        }
    }

    private void PlaceSlot(Op loop, LoopSlot slot, int rows)
    {
        var shape = Shape.Of(rows, slot.Columns);
        int stride = PanelLayout.RowStride(shape);
        _buffers[slot.Id] = new ValueBuffer(MemoryPlace.Block, _block.Allocate(checked(loop.PerSample * rows * stride)), rows, slot.Columns, stride)
        {
            PerSample = loop.PerSample,
        };
    }

    // All rows of a slot, or the only one it has.
    private bool IsView(Op op, LoopValueOp value)
    {
        Op loop = _graph[op.Inputs[0]];
        return value is LoopRowsOp || (value is LoopFinalOp && new LoopMemory(_graph, loop, ((LoopOp)loop.Kind).Body).RowsOf(value.Slot) == 1);
    }

    private int SlotOf(Op op, LoopValueOp value) => ((LoopOp)_graph[op.Inputs[0]].Kind).Body.Slots[value.Slot].Id;
}
