using System.Runtime.CompilerServices;
using Unroll.Checks;
using Unroll.Clusters;
using Unroll.Data;
using Unroll.Numerics;
using Unroll.Optimizers;
using Unroll.Running;

namespace Unroll.Fitting;

/// <summary>One call of <c>Fit</c>: epochs of batches, validation, callbacks.</summary>
internal sealed class FitRun(
    FitState state, BatchSource source, EpochMeasures measures, TrainingEvents events, CancellationToken cancellationToken)
{
    private readonly NetworkInstance _instance = state.Instance;
    private readonly OptimizerState _optimizer = state.Instance.OptimizerState!;
    private readonly ParameterUpdate _update = new(state.Instance, state.Instance.OptimizerState!);
    private bool _hasSeenOutputs;
    private UpdateMeter? _meter;

    public required int InitialEpoch { get; init; }

    public required int Threads { get; init; }

    /// <summary>The processes that train together; null where this one is alone.</summary>
    public RankGroup? Ranks { get; init; }

    public void Run()
    {
        try
        {
            RunEpochs();
        }
        catch (Exception exception)
        {
            events.Fail(exception);
            throw;
        }
    }

    private void RunEpochs()
    {
        using var loop = new TrainingLoop(_instance, source.Capacity, Threads);
        Evaluator? evaluator = state.Validation is null ? null : new Evaluator(_instance, _instance.Goals);
        var progress = new FitProgress(events.BackupParts, _optimizer.Optimizer)
        {
            NextEpoch = InitialEpoch,
            Seed = state.Seed,
            Data = new Lazy<string>(DescribeData),
        };
        events.TrainBegin();
        if (DebugBuild.TakeNotice(_instance.Code.GetType().Assembly) is { } notice)
        {
            events.Warn(notice);
        }

        Resume(progress);
        while (progress.NextEpoch < state.Epochs && !state.StopTraining)
        {
            state.Epoch = progress.NextEpoch;
            RunEpoch(loop, evaluator, progress.Seed);
            if (Ranks is not null)
            {
                state.StopTraining = Ranks.EndEpoch(state.Epoch, state.StopTraining, _instance.ParameterArena.Span);
            }

            progress.NextEpoch++;
            events.Secure(progress);
        }

        if (_optimizer.Optimizer.UseEma && _optimizer.Iteration > 0)
        {
            // Before OnTrainEnd, as Keras: a callback that restores the best weights has the last word.
            WeightAverage.Take(_instance);
        }

        events.TrainEnd();
    }

    private string DescribeData() =>
        $"{source.Describe()}; {(state.Validation is { } validation ? $"validation with {DataHash.Describe(validation, validation.SampleWeights)}" : "no validation")}";

    private void Resume(FitProgress progress)
    {
        events.Resume(progress);
        if (Ranks is not null)
        {
            RankStart.Begin(Ranks, state, progress);
        }

        source.Skip(Math.Max(0, progress.NextEpoch - InitialEpoch), cancellationToken);
    }

    private void RunEpoch(TrainingLoop loop, Evaluator? evaluator, ulong seed)
    {
        state.StartClock();
        measures.Begin();
        source.BeginEpoch(state.Epoch, seed);
        state.BatchesPerEpoch = source.BatchesPerEpoch;
        events.EpochBegin();
        RunBatches(loop, seed);
        if (Ranks is not null)
        {
            measures.Share(Ranks);
        }

        evaluator?.Run(state.Validation!, state.Logs, "val_", cancellationToken, Ranks);
        state.StopClock();
        state.History.Append(state.Logs);
        events.EpochEnd();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNext(out BatchRows rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return source.TryNext(out rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunBatches(TrainingLoop loop, ulong seed)
    {
        for (int batch = 0; TryNext(out BatchRows rows); batch++)
        {
            BeginBatch(batch);
            ComputeGradients(loop, rows, seed);
            float loss = loop.LossOfBatch();
            int samples = Ranks?.Average(loop.Step, rows.Count, ref loss) ?? rows.Count;
            if (!Finish(loop, loss, rows.Count, samples))
            {
                return;
            }
        }

        // Whose samples are used up takes part in the steps of the others, with none, until theirs are too.
        float others = 0f;
        for (int batch = state.Batch + 1; Ranks?.Average(loop.Step, 0, ref others) is int samples and > 0; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BeginBatch(batch);
            if (!Finish(loop, others, ownSamples: 0, samples))
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ComputeGradients(TrainingLoop loop, in BatchRows rows, ulong seed)
    {
        ulong noise = RandomSource.Combine(seed, (ulong)_optimizer.Iteration);
        if (!loop.ComputeGradients(rows, Ranks is null or { Rank: 0 } ? noise : RandomSource.Combine(noise, (ulong)Ranks.Rank)))
        {
            throw source.Refusal(FiniteData.FindFault(_instance.Network, _instance.Goals, rows.Data, rows.Order.Span)!);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BeginBatch(int batch)
    {
        state.Batch = batch;
        if (events.HasListeners)
        {
            events.BatchBegin();
        }
    }

    /// <returns>Whether the epoch goes on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Finish(TrainingLoop loop, float loss, int ownSamples, int samples)
    {
        state.UpdateNorms = [];
        NonFiniteException? failure = Learn(loop, loss, ownSamples, samples);
        if (events.HasListeners)
        {
            events.BatchEnd();
        }

        // A callback that has asked to stop, as TerminateOnNaN, has dealt with it.
        return failure is null || (state.StopTraining ? false : throw failure);
    }

    /// <returns>What kept the batch from being learnt; the parameters are then as before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NonFiniteException? Learn(TrainingLoop loop, float loss, int ownSamples, int samples)
    {
        if (!float.IsFinite(loss))
        {
            return Fail($"The loss became {loss}", loss);
        }

        float largestGradient = loop.Step.Runs.Largest(loop.Step.GradientSpan);
        if (!float.IsFinite(largestGradient))
        {
            return Fail("A gradient became NaN or infinite", float.NaN);
        }

        if (!_hasSeenOutputs)
        {
            _hasSeenOutputs = true;
            OutputCheck.Run(events, _instance.Network.BlockSamples, loop.Step, ownSamples);
        }

        // Before the update: a metric that cannot be measured ends training with the parameters as they were.
        measures.Measure(loop.Step, ownSamples);
        _optimizer.Iteration++;
        Ranks?.KeepState(_instance.UntrainedValues);
        UpdateMeter? meter = events.HasListeners && events.WantUpdateNorms() ? _meter ??= new UpdateMeter(_instance.Network) : null;
        if (!loop.Update(_update, largestGradient, meter))
        {
            return Fail("An update made a parameter NaN or infinite and was undone", float.NaN);
        }

        if (meter is not null)
        {
            state.UpdateNorms = meter.Result();
        }

        if (Ranks is not null)
        {
            Ranks.AverageState(_instance.UntrainedValues, ownSamples, samples);
            _instance.NoteChange();
        }

        measures.Record(loop.Step, loss, samples);
        return null;
    }

    private NonFiniteException Fail(string what, float loss)
    {
        state.Logs.Set("loss", loss);
        return ParameterFault.Find(_instance.Parameters) is { } fault
            ? new NonFiniteException(fault, state.Epoch, state.Batch)
            : new NonFiniteException(what, state.Epoch, state.Batch);
    }
}
