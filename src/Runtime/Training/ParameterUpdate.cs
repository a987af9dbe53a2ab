using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll;

/// <summary>Applies an optimizer to the parameters, in runs that threads share; an update that leaves the finite numbers is undone.</summary>
internal sealed class ParameterUpdate(Model model) : ParallelWork
{
    public const int RunLength = 8192;

    private readonly int _floats = model.Network.TrainedFloats;
    private Arena? _before;
    private TrainingStep _step = null!;
    private Optimizer _optimizer = null!;
    private OptimizerState _state = null!;
    private UpdateMeter? _meter;
    private float _gradientScale;
    private float _learningRate;
    private bool _staysFinite;
    private bool? _wasLarge;
    private volatile bool _isFinite;

    /// <param name="pool">The threads.</param>
    /// <param name="threads">How many of them share the update.</param>
    /// <param name="step">The gradients.</param>
    /// <param name="optimizer">The rule.</param>
    /// <param name="state">Its state.</param>
    /// <param name="largestGradient">The magnitude of the largest gradient.</param>
    /// <param name="gradientScale">What the gradients are multiplied with.</param>
    /// <param name="meter">Measures how far the parameters go; null where nobody wants to know.</param>
    /// <returns>Whether all parameters stayed finite; otherwise they are as before, and the optimizer's state starts anew.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Run(
        WorkerPool pool,
        int threads,
        TrainingStep step,
        Optimizer optimizer,
        OptimizerState state,
        float largestGradient,
        float gradientScale,
        UpdateMeter? meter)
    {
        _meter = meter;
        _step = step;
        _optimizer = optimizer;
        _state = state;
        _gradientScale = gradientScale;

        // Schedules count the steps before this one.
        _learningRate = state.RateAt(state.Iteration - 1);
        _staysFinite = StaysFinite(largestGradient);
        if (!_staysFinite)
        {
            _before ??= new Arena(_floats);
        }

        _isFinite = true;
        pool.Run(this, (_floats + RunLength - 1) / RunLength, threads);
        if (!_isFinite)
        {
            _before!.Span.CopyTo(model.ParameterArena.Span);
            state.Restart();
            return false;
        }

        if (!optimizer.PreparesGradients)
        {
            // A rule of the user's may write what it likes between the parameters; penalties and kernels count on zeros there.
            for (int i = 0; i < model.Parameters.Count; i++)
            {
                model.Parameters[i].ClearPadding();
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(int part)
    {
        int first = part * RunLength;
        int count = Math.Min(RunLength, _floats - first);
        Span<float> parameters = model.ParameterArena.Span.Slice(first, count);
        if (!_staysFinite)
        {
            parameters.CopyTo(_before!.Span[first..]);
        }

        if (_meter is null)
        {
            Step(first, parameters);
        }
        else
        {
            StepMeasured(_meter, part, first, parameters);
        }

        if (!_staysFinite && !float.IsFinite(Magnitude.Largest(parameters)))
        {
            _isFinite = false;
        }
        else if (_optimizer.UseEma)
        {
            WeightAverage.Update(_optimizer, _state, first, parameters);
        }
    }

    private void Step(int first, Span<float> parameters) => _optimizer.Step(new OptimizerStep(
        parameters, _step.GradientSpan.Slice(first, parameters.Length), _state.Slots, first, _learningRate, _state.Iteration)
    { GradientScale = _gradientScale });

    private void StepMeasured(UpdateMeter meter, int part, int first, Span<float> parameters)
    {
        // A run fits the nearest cache: the parameters before the step are never fetched a second time.
        Span<float> before = stackalloc float[RunLength];
        parameters.CopyTo(before);
        Step(first, parameters);
        meter.MeasureChange(part, before, parameters);
    }

    // What cannot overflow need not be kept to be undone: that would be a good part of the update's time. A state that has once seen large
    // numbers may still hold them.
    private bool StaysFinite(float largestGradient)
    {
        _wasLarge ??= _state.Slots.Any(static slot => !(Magnitude.Largest(slot.Span) <= Optimizer.LargestSlot));
        _wasLarge |= !(largestGradient * _gradientScale <= Optimizer.LargestGradient);
        return _wasLarge == false && _optimizer.StaysFinite(_learningRate);
    }
}
