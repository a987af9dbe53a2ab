using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;

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
                _buffers[op.Id] = Allocate(op.Id);
                _lastUse[op.Id] = int.MaxValue;
            }

            if (op.Kind is LoopOp { Body: { IsResumed: true } body })
            {
                foreach (LoopSlot slot in body.Slots.Where(static slot => slot.Kind == LoopSlotKind.Carried))
                {
                    _buffers[slot.Id] = Allocate(slot.Id);
                    _lastUse[slot.Id] = int.MaxValue;
                }
            }
        }
    }

    private void PlaceSlots(Op op, LoopBody body)
    {
        var memory = new LoopMemory(_graph, op, body);
        foreach (LoopSlot slot in memory.Owned.Select(number => body.Slots[number]).Where(slot => !_buffers.ContainsKey(slot.Id)))
        {
            _buffers[slot.Id] = Allocate(slot.Id);
        }
    }

    private ValueBuffer Allocate(int id) => new(MemoryPlace.Block, _block.Allocate(_layouts[id].SampleFloats), _layouts[id]);
}
