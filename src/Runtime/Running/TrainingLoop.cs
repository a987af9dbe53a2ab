using System.Runtime.CompilerServices;
using Unroll.Compiled;
using Unroll.Data;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Running;

/// <summary>Runs the phases of training steps: gathers a batch, runs the compiled code on all threads, applies the optimizer.</summary>
/// <remarks>
/// Threads share samples in the phases that work sample by sample, and parts of the result in the others, so no sum depends on their
/// number.
/// </remarks>
internal sealed partial class TrainingLoop : IDisposable
{
    // The multiply-adds of a step for each thread, and of a phase for all. With fewer, the activations and parameters that threads fetch from
    // each other's caches take longer than another thread saves. Fields, for what asks for the width of a vector cannot be compiled ahead.
    private static readonly long s_threadWorth = 8192 * SimdWidth.Bits;
    private static readonly long s_phaseWorth = 4096 * SimdWidth.Bits;

    // Parameters: fewer are updated in the time of a fork and a join; so many come from an outer cache, whichever thread updated them last.
    private const int SharedFloats = 25_000;
    private const int FarFloats = 1 << 20;

    private readonly NetworkInstance _instance;
    private readonly NetworkDescription _network;
    private readonly CompiledCode _code;
    private readonly PhaseDescription[] _phases;
    private readonly Arena _parameters;
    private readonly int _available;
    private readonly int? _room;
    private readonly WorkerPool _pool = new();
    private readonly SampleWork _sampleWork;
    private readonly PartWork _partWork;
    private LargestWork? _largestWork;
    private readonly Penalties _penalties;
    private readonly GradientClipping _clipping;
    private readonly ParameterConstraints _constraints;
    private readonly int _beforeSamples;
    private int _threads = 1;

    /// <param name="instance">What is trained.</param>
    /// <param name="capacity">The largest batch.</param>
    /// <param name="threads">How many threads may share it.</param>
    /// <param name="room">The samples that are in memory at a time; null for as many as <see cref="BatchFold"/> says.</param>
    public TrainingLoop(NetworkInstance instance, int capacity, int threads, int? room = null)
    {
        _instance = instance;
        _network = instance.Network;
        _code = instance.Code;
        _phases = [.. _network.Phases];
        _parameters = instance.ParameterArena;
        _available = threads;
        _room = room;
        Step = NewStep(capacity);
        while (_beforeSamples < _phases.Length && _phases[_beforeSamples].Kind != PhaseKind.Samples)
        {
            _beforeSamples++;
        }

        _sampleWork = new SampleWork(this);
        _partWork = new PartWork(this);
        _penalties = new Penalties(_network);
        _clipping = new GradientClipping(_network);
        _constraints = new ParameterConstraints(_network);
    }

    public TrainingStep Step { get; private set; }

    /// <summary>Computes outputs, losses and gradients of some rows, without changing a parameter.</summary>
    /// <returns>False where a feature or a target is not finite: nothing is computed then.</returns>
    [MethodImpl(FirstCall.Optimized)]
    public bool ComputeGradients(in BatchRows rows, ulong noise)
    {
        if (rows.Count > Step.Capacity)
        {
            Step = NewStep(rows.Count);
        }

        Step.Prepare(rows);
        Step.Noise = noise;
        Step.Runs.Clear(Step.GradientSpan);
        _threads = ThreadsWorth(_network, rows.Count, _available);
        for (int first = 0; first < rows.Count; first += (int)Step.Room)
        {
            Step.Take(first);
            _sampleWork.Prepare(rows, first, _threads);
            if (!RunPhases(rows.Count, first == 0 ? 0 : _beforeSamples))
            {
                return false;
            }

            Step.AddPenalties();
        }

        Step.Runs.Complete();
        return true;
    }

    // What depends on the parameters alone stays as it is for all samples.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool RunPhases(int batch, int from)
    {
        for (int phase = from; phase < _phases.Length; phase++)
        {
            PhaseDescription description = _phases[phase];
            int threads = description.MultiplyAdds * batch < s_phaseWorth ? 1 : _threads;
            if (description.Kind == PhaseKind.Samples)
            {
                _sampleWork.Phase = phase;
                _pool.Run(_sampleWork, _sampleWork.Parts, threads);
                if (_sampleWork.HasFault)
                {
                    return false;
                }

                if (!_sampleWork.IsGathered)
                {
                    _sampleWork.IsGathered = true;
                    Step.CollectRuns();
                }
            }
            else if (description.Kind == PhaseKind.Parts)
            {
                RunParts(phase, description, threads);
            }
        }

        return true;
    }

    /// <summary>The mean loss of the last batch plus the penalties.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float LossOfBatch()
    {
        int samples = Step.Batch;
        double sum = Step.SumOfPenalties();
        foreach (OutputStep output in Step.Outputs)
        {
            double own = Sums.Of(output.Losses(samples));
            output.MeanLoss = (float)(own / samples);
            sum += own * output.Goal.Weight;
        }

        return (float)(sum / samples) + _penalties.Value(_parameters.Span);
    }

    /// <summary>The magnitude of the largest gradient; infinity where there is one, NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float LargestGradient()
    {
        int threads = Step.Runs.HasTables ? 1 : ThreadsFor(Step.GradientSpan.Length);
        return threads == 1 ? Step.Runs.Largest(Step.GradientSpan) : ShareLargest(threads);
    }

    [MethodImpl(MethodImplOptions.NoInlining | FirstCall.Optimized)]
    private float ShareLargest(int threads)
    {
        _largestWork ??= new LargestWork(this);
        _pool.Run(_largestWork, _largestWork.Parts, threads);
        return _largestWork.Result;
    }

    // Threads for a pass over so many parameters or gradients.
    private int ThreadsFor(int floats) => floats switch
    {
        < SharedFloats => 1,
        >= FarFloats => _available,
        _ => _threads,
    };

    /// <summary>Applies the optimizer to all trained parameters, and updates what else the network remembers.</summary>
    /// <param name="update">The rule, with its state.</param>
    /// <param name="largestGradient">The magnitude of the largest gradient, finite.</param>
    /// <param name="meter">Measures the update; null where nobody wants to know.</param>
    /// <returns>Whether the update stayed finite; one that did not is undone, and the optimizer's state starts anew.</returns>
    [MethodImpl(FirstCall.Optimized)]
    public bool Update(ParameterUpdate update, float largestGradient, UpdateMeter? meter = null)
    {
        float scale = update.Optimizer is { ClipNorm: null, GlobalClipNorm: null } ? 1f : Clip(update.Optimizer, meter);
        update.Prepare(Step, meter);
        if (!update.Run(_pool, ThreadsFor(update.Floats), largestGradient, scale))
        {
            return false;
        }

        _constraints.Apply(_parameters.Span);
        for (int phase = 0; phase < _phases.Length; phase++)
        {
            if (_phases[phase].Kind == PhaseKind.Commit)
            {
                RunParts(phase, _phases[phase], threads: 1);
            }
        }

        _instance.NoteChange();
        return true;
    }

    private float Clip(Optimizer optimizer, UpdateMeter? meter)
    {
        if (optimizer.ClipNorm is not null)
        {
            meter?.MeasureUnclipped(Step.GradientSpan);
        }

        return _clipping.Apply(optimizer, Step.GradientSpan);
    }

    public void Dispose() => _pool.Dispose();

    /// <summary>How many of the threads a step is worth.</summary>
    public static int ThreadsWorth(NetworkDescription network, int rows, int available) => ThreadsWorth(network.MultiplyAdds * rows, available);

    /// <summary>How many of the threads so many multiply-adds are worth.</summary>
    public static int ThreadsWorth(long multiplyAdds, int available) => (int)Math.Clamp(multiplyAdds / s_threadWorth, 1, available);

    private TrainingStep NewStep(int capacity) =>
        new(_network, _parameters, _instance.Goals, capacity, _room ?? BatchFold.RoomFor(_network, capacity, _available));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunParts(int phase, PhaseDescription description, int threads)
    {
        _partWork.Phase = phase;
        _pool.Run(_partWork, description.Parts, threads);
    }
}
