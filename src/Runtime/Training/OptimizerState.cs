namespace Unroll;

/// <summary>
/// What an optimizer remembers of one model: its slots and the average of the parameters, each as long as them, and the number of steps.
/// </summary>
internal sealed class OptimizerState
{
    public OptimizerState(Optimizer optimizer, int floats)
    {
        Slots = new Memory<float>[optimizer.SlotCount];
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            Slots[slot] = new Arena(floats).Memory;
        }

        Average = optimizer.UseEma ? new Arena(floats).Memory : default;
        Restart(optimizer);
    }

    public Memory<float>[] Slots { get; }

    /// <summary>The moving average of the parameters; empty where the optimizer keeps none.</summary>
    public Memory<float> Average { get; }

    /// <summary>The number of the current step, from 1.</summary>
    public long Iteration { get; set; }

    /// <summary>Forgets all steps taken; the average starts over with the next one.</summary>
    public void Restart(Optimizer optimizer)
    {
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            Slots[slot].Span.Fill(optimizer.InitialSlotValue(slot));
        }

        Iteration = 0;
    }
}
