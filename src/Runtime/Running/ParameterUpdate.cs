using System.Runtime.CompilerServices;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll.Running;

/// <summary>Applies an optimizer to the parameters, in runs that threads share; an update that leaves the finite numbers is undone.</summary>
/// <param name="instance">What is trained.</param>
/// <param name="state">The rule and its state.</param>
internal sealed class ParameterUpdate(NetworkInstance instance, OptimizerState state) : ParallelWork
{
    // Rows of tables are short: so many at once are worth a thread's way to them.
    private const int RunsOfAPart = 16;

    private Arena? _before;
    private int _runsOfAPart;
    private TrainingStep _step = null!;
    private UpdateMeter? _meter;
    private float _gradientScale;
    private float _learningRate;
    private bool _touchedOnly;
    private bool _staysFinite;
    private bool? _wasLarge;
    private volatile bool _isFinite;

    /// <summary>The rule.</summary>
    public Optimizer Optimizer => state.Optimizer;

    /// <summary>The floats that the prepared update goes through.</summary>
    public int Floats { get; private set; }

    private ReadOnlySpan<(int First, int Length)> Runs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _touchedOnly ? _step.Runs.Touched : _step.Runs.All;
    }

    /// <summary>Whether a step changes nothing but what a gradient touched: neither the rule nor a decay or an average does.</summary>
    public static bool ChangesTouchedOnly(Optimizer optimizer) => optimizer.KeepsWithoutGradient && optimizer.WeightDecay == 0f && !optimizer.UseEma;

    /// <summary>Chooses what the next update goes through: what the gradients touched, where the rule leaves everything else as it is.</summary>
    /// <param name="step">The gradients.</param>
    /// <param name="meter">Measures how far the parameters go; null where nobody wants to know.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(TrainingStep step, UpdateMeter? meter)
    {
        _step = step;
        _meter = meter;
        _touchedOnly = step.Runs.HasTables && ChangesTouchedOnly(state.Optimizer) && meter is null;
        _runsOfAPart = _touchedOnly ? RunsOfAPart : 1;
        int floats = 0;
        foreach ((_, int length) in Runs)
        {
            floats += length;
        }

        Floats = floats;
    }

    /// <param name="pool">The threads.</param>
    /// <param name="threads">How many of them share the update.</param>
    /// <param name="largestGradient">The magnitude of the largest gradient.</param>
    /// <param name="gradientScale">What the gradients are multiplied with.</param>
    /// <returns>Whether all parameters stayed finite; otherwise they are as before, and the optimizer's state starts anew.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Run(WorkerPool pool, int threads, float largestGradient, float gradientScale)
    {
        _gradientScale = gradientScale;

        // Schedules count the steps before this one.
        _learningRate = state.RateAt(state.Iteration - 1);
        _staysFinite = StaysFinite(largestGradient);
        if (!_staysFinite)
        {
            _before ??= new Arena(instance.Network.TrainedFloats);
        }

        _isFinite = true;
        pool.Run(this, (Runs.Length + _runsOfAPart - 1) / _runsOfAPart, threads);
        if (!_isFinite)
        {
            Undo();
            return false;
        }

        if (!state.Optimizer.PreparesGradients)
        {
            ClearPadding();
        }

        return true;
    }

    private void Undo()
    {
        foreach ((int first, int length) in Runs)
        {
            _before!.Span.Slice(first, length).CopyTo(instance.ParameterArena.Span[first..]);
        }

        state.Restart();
    }

    // A rule of the user's may write what it likes between the parameters; penalties and kernels count on zeros there.
    private void ClearPadding()
    {
        for (int i = 0; i < instance.Parameters.Count; i++)
        {
            instance.Parameters[i].ClearPadding();
        }
    }

    [MethodImpl(FirstCall.Optimized)]
    public override void Run(int part)
    {
        int firstRun = part * _runsOfAPart;
        ReadOnlySpan<(int First, int Length)> runs = Runs;
        for (int run = firstRun; run < Math.Min(firstRun + _runsOfAPart, runs.Length); run++)
        {
            Run(runs[run].First, runs[run].Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Run(int first, int count)
    {
        Span<float> parameters = instance.ParameterArena.Span.Slice(first, count);
        if (!_staysFinite)
        {
            Keep(first, parameters);
        }

        if (_meter is null)
        {
            Step(first, parameters);
        }
        else
        {
            StepMeasured(_meter, first, parameters);
        }

        if (!_staysFinite && !Magnitude.AreFinite(parameters))
        {
            _isFinite = false;
        }
        else if (state.Optimizer.UseEma)
        {
            WeightAverage.Update(state.Optimizer, state, first, parameters);
        }
    }

    private void Keep(int first, ReadOnlySpan<float> parameters) => parameters.CopyTo(_before!.Span[first..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step(int first, Span<float> parameters) => state.Optimizer.Step(new OptimizerStep(
        parameters, _step.GradientSpan.Slice(first, parameters.Length), state.Slots, first, _learningRate, state.Iteration)
    { GradientScale = _gradientScale });

    [SkipLocalsInit]
    [MethodImpl(FirstCall.Optimized)]
    private void StepMeasured(UpdateMeter meter, int first, Span<float> parameters)
    {
        Span<float> room = stackalloc float[UpdateMeter.PieceLength];
        for (int start = 0; start < parameters.Length; start += UpdateMeter.PieceLength)
        {
            Span<float> piece = parameters.Slice(start, Math.Min(UpdateMeter.PieceLength, parameters.Length - start));
            Span<float> before = room[..piece.Length];
            piece.CopyTo(before);
            Step(first + start, piece);
            meter.Measure(first + start, before, piece, _step.GradientSpan.Slice(first + start, piece.Length));
        }
    }

    // What cannot overflow need not be kept to be undone: that would be a good part of the update's time. A state that has once seen large
    // numbers may still hold them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool StaysFinite(float largestGradient)
    {
        _wasLarge ??= IsAnySlotLarge();
        _wasLarge |= !(largestGradient * _gradientScale <= Optimizer.LargestGradient);
        return _wasLarge == false && state.Optimizer.StaysFinite(_learningRate);
    }

    private bool IsAnySlotLarge()
    {
        foreach (Memory<float> slot in state.Slots)
        {
            if (!(Magnitude.Largest(slot.Span) <= Optimizer.LargestSlot))
            {
                return true;
            }
        }

        return false;
    }
}
