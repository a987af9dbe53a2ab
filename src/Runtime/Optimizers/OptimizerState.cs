using System.Runtime.CompilerServices;
using Unroll.Memory;

namespace Unroll.Optimizers;

/// <summary>
/// What an optimizer remembers of one model: its slots and the average of the parameters, each as long as them, the number of steps, and
/// the learning rate.
/// </summary>
internal sealed class OptimizerState
{
    // The training's rate, and the optimizer's setting when it was taken from there: whoever sets either last has the last word.
    private float _rate;
    private float _setting;

    public OptimizerState(Optimizer optimizer, int floats)
    {
        Optimizer = optimizer;
        if (optimizer.Schedule is null)
        {
            _rate = _setting = optimizer.LearningRate;
        }

        if (optimizer.SlotCount < 0)
        {
            throw new ArgumentException($"{optimizer.Name} has {optimizer.SlotCount} slots: SlotCount must be at least 0.", nameof(optimizer));
        }

        Slots = new Memory<float>[optimizer.SlotCount];
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            Slots[slot] = new Arena(floats).Memory;
        }

        Average = optimizer.UseEma ? new Arena(floats).Memory : default;
        Restart();
    }

    /// <summary>Whose state it is.</summary>
    public Optimizer Optimizer { get; }

    public Memory<float>[] Slots { get; }

    /// <summary>The moving average of the parameters; empty where the optimizer keeps none.</summary>
    public Memory<float> Average { get; }

    /// <summary>The number of the current step, from 1.</summary>
    public long Iteration { get; set; }

    /// <summary>The learning rate of the step to come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The rate follows a schedule, and is set.</exception>
    public float LearningRate
    {
        get => RateAt(Iteration);
        set
        {
            Optimizer.RequireRate(value);
            _setting = Optimizer.LearningRate;
            _rate = value;
        }
    }

    /// <summary>The learning rate of the step after so many others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float RateAt(long stepsTaken)
    {
        if (Optimizer.Schedule is not null)
        {
            return Optimizer.RateAt(stepsTaken);
        }

        if (Optimizer.LearningRate != _setting)
        {
            _rate = _setting = Optimizer.LearningRate;
        }

        return _rate;
    }

    /// <summary>Forgets all steps taken; the average starts over with the next one.</summary>
    public void Restart()
    {
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            Slots[slot].Span.Fill(Optimizer.InitialSlotValue(slot));
        }

        Iteration = 0;
    }
}
