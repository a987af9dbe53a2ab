using System.Runtime.CompilerServices;
using Unroll.Checks;
using Unroll.Clusters;
using Unroll.Compiled;
using Unroll.Data;
using Unroll.Numerics;
using Unroll.Running;

namespace Unroll.Fitting;

/// <content>The batches of an epoch.</content>
/// <remarks>What few batches need is a method of its own, which the JIT compiler sees when it is first called.</remarks>
internal sealed partial class FitRun
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNext(out BatchRows rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return source.TryNext(out rows);
    }

    [MethodImpl(FirstCall.Optimized)]
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

            if (state.StopTraining)
            {
                break;
            }
        }

        if (Ranks is not null)
        {
            RunBatchesOfOthers(loop, Ranks);
        }
    }

    // Whose samples are used up takes part in the steps of the others, with none, until theirs are too.
    private void RunBatchesOfOthers(TrainingLoop loop, RankGroup ranks)
    {
        float others = 0f;
        for (int batch = state.Batch + 1; ranks.Average(loop.Step, 0, ref others) is int samples and > 0; batch++)
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
            throw Refusal(rows);
        }
    }

    private Exception Refusal(in BatchRows rows) =>
        source.Refusal(FiniteData.FindFault(_instance.Network, _instance.Goals, rows.Data, rows.Order.Span)!);

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
    [MethodImpl(FirstCall.Optimized)]
    private bool Finish(TrainingLoop loop, float loss, int ownSamples, int samples)
    {
        state.UpdateNorms = [];
        NonFiniteException? failure = Learn(loop, loss, ownSamples, samples);
        if (failure is not null)
        {
            EndInFailure(failure);
            return false;
        }

        if (events.HasListeners)
        {
            events.BatchEnd();
        }

        return true;
    }

    // A callback that now asks to stop, as TerminateOnNaN, has dealt with it; one that did before has not.
    private void EndInFailure(NonFiniteException failure)
    {
        state.StopTraining = false;
        events.BatchEnd();
        if (!state.StopTraining)
        {
            throw failure;
        }
    }

    /// <returns>What kept the batch from being learnt; the parameters are then as before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NonFiniteException? Learn(TrainingLoop loop, float loss, int ownSamples, int samples)
    {
        if (!float.IsFinite(loss))
        {
            return Fail(DescribeLoss(loop.Step, loss), loss);
        }

        float largestGradient = loop.LargestGradient();
        if (!float.IsFinite(largestGradient))
        {
            return Fail("A gradient became NaN or infinite", float.NaN);
        }

        if (!_hasSeenOutputs)
        {
            CheckOutputs(loop.Step, ownSamples);
        }

        // Before the update: a metric that cannot be measured ends training with the parameters as they were.
        measures.Measure(loop.Step, ownSamples);
        _optimizer.Iteration++;
        Ranks?.KeepState(_instance.UntrainedValues);
        UpdateMeter? meter = events.HasListeners ? WantedMeter() : null;
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
            ShareState(Ranks, ownSamples, samples);
        }

        measures.Record(loop.Step, loss, samples);
        return null;
    }

    private void CheckOutputs(TrainingStep step, int samples)
    {
        _hasSeenOutputs = true;
        OutputCheck.Run(events, _instance.Network.BlockSamples, step, samples);
    }

    private UpdateMeter? WantedMeter() => events.WantUpdateNorms() ? _meter ??= new UpdateMeter(_instance.Network) : null;

    private void ShareState(RankGroup ranks, int ownSamples, int samples)
    {
        ranks.AverageState(_instance.UntrainedValues, ownSamples, samples);
        _instance.NoteChange();
    }

    // Of several outputs, the first whose loss is not finite.
    private static string DescribeLoss(TrainingStep step, float loss) =>
        step.Outputs.Length > 1 && step.Outputs.FirstOrDefault(static output => !float.IsFinite(output.MeanLoss)) is { } output
            ? $"The loss of output {output.Goal.Output.Name} became {output.MeanLoss}"
            : $"The loss became {loss}";

    private NonFiniteException Fail(string what, float loss)
    {
        measures.RecordFailure(loss);
        return ParameterFault.Find(_instance.Parameters) is { } fault
            ? new NonFiniteException(fault, state.Epoch, state.Batch)
            : new NonFiniteException(what, state.Epoch, state.Batch);
    }
}
