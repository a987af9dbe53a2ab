namespace Unroll;

/// <summary>What an optimizer remembers of one model: its slots, as long as the parameters, and the number of steps taken.</summary>
internal sealed class OptimizerState
{
    public OptimizerState(Optimizer optimizer, int floats)
    {
        Slots = new Memory<float>[optimizer.SlotCount];
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            Slots[slot] = new Arena(floats).Memory;
            Slots[slot].Span.Fill(optimizer.InitialSlotValue(slot));
            Slots[slot].Span.Fill(optimizer.InitialSlotValue(slot));
        }
    }

    public Memory<float>[] Slots { get; }

    /// <summary>The number of the current step, from 1.</summary>
    public long Iteration { get; set; }
}
