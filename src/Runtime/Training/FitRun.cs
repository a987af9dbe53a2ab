using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>One call of <c>Fit</c>: epochs of batches, validation, callbacks.</summary>
internal sealed class FitRun(
    Model model, BatchSource source, Dataset? validation, EpochMeasures measures, CancellationToken cancellationToken)
{
    private readonly ParameterUpdate _update = new(model, model.OptimizerState!);
    private bool _hasSeenOutputs;
    private UpdateMeter? _meter;

    public required int Epochs { get; init; }

    public required int InitialEpoch { get; init; }

    public required ulong Seed { get; init; }

    public required int Threads { get; init; }

    public required CallbackList Callbacks { get; init; }

    /// <summary>The processes that train together; null where this one is alone.</summary>
    public RankGroup? Ranks { get; init; }

    public void Run()
    {
        var context = new TrainingContext(model, model.Optimizer!, [.. model.Goals.SelectMany(static goal => goal.Metrics)], measures.Logs, model.History!)
        {
            Epochs = Epochs,
            BatchesPerEpoch = source.BatchesPerEpoch,
            Callbacks = Callbacks.Items,
            IsFirstRank = Ranks is null or { Rank: 0 },
            Training = source.Data,
            Validation = validation,
            BatchSize = source.Data is null ? 0 : source.Capacity,
            Seed = (long)Seed,
        };
        try
        {
            Run(context);
        }
        catch (Exception exception)
        {
            Callbacks.Fail(context, exception);
            throw;
        }
    }

    private void Run(TrainingContext context)
    {
        using var loop = new TrainingLoop(model, source.Capacity, Threads);
        Evaluator? evaluator = validation is null ? null : new Evaluator(model, model.Goals);
        var progress = new FitProgress(Callbacks.Items, model.Optimizer!)
        {
            NextEpoch = InitialEpoch,
            Seed = Seed,
            Data = new Lazy<string>(DescribeData),
        };
        Callbacks.TrainBegin(context);
        if (DebugBuild.TakeNotice(model.GetType().Assembly) is { } notice)
        {
            context.Warn(notice);
        }

        Resume(context, progress);
        while (progress.NextEpoch < Epochs && !context.StopTraining)
        {
            context.Epoch = progress.NextEpoch;
            RunEpoch(context, loop, evaluator, progress.Seed);
            Ranks?.EndEpoch(context);
            progress.NextEpoch++;
            Callbacks.Secure(context, progress);
        }

        if (context.Optimizer.UseEma && model.OptimizerState!.Iteration > 0)
        {
            // Before OnTrainEnd, as Keras: a callback that restores the best weights has the last word.
            WeightAverage.Take(model);
        }

        Callbacks.TrainEnd(context);
    }

    private string DescribeData() =>
        $"{source.Describe()}; {(validation is null ? "no validation" : $"validation with {DataHash.Describe(validation, validation.SampleWeights)}")}";

    private void Resume(TrainingContext context, FitProgress progress)
    {
        Callbacks.Resume(context, progress);
        Ranks?.Begin(context, progress, hasValidation: validation is not null);
        source.Skip(Math.Max(0, progress.NextEpoch - InitialEpoch), cancellationToken);
    }

    private void RunEpoch(TrainingContext context, TrainingLoop loop, Evaluator? evaluator, ulong seed)
    {
        context.StartClock();
        measures.Begin();
        source.BeginEpoch(context.Epoch, seed);
        context.BatchesPerEpoch = source.BatchesPerEpoch;
        Callbacks.EpochBegin(context);
        RunBatches(context, loop, seed);
        if (Ranks is not null)
        {
            measures.Share(Ranks);
        }

        evaluator?.Run(validation!, measures.Logs, "val_", cancellationToken, Ranks);
        context.StopClock();
        context.History.Append(measures.Logs);
        Callbacks.EpochEnd(context);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNext(out BatchRows rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return source.TryNext(out rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunBatches(TrainingContext context, TrainingLoop loop, ulong seed)
    {
        for (int batch = 0; TryNext(out BatchRows rows); batch++)
        {
            context.Batch = batch;
            Callbacks.BatchBegin(context);
            ComputeGradients(loop, rows, seed);
            float loss = loop.LossOfBatch();
            int samples = Ranks?.Average(loop.Step, rows.Count, ref loss) ?? rows.Count;
            if (!Finish(context, loop, loss, rows.Count, samples))
            {
                return;
            }
        }

        // Whose samples are used up takes part in the steps of the others, with none, until theirs are too.
        float others = 0f;
        for (int batch = context.Batch + 1; Ranks?.Average(loop.Step, 0, ref others) is int samples and > 0; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Batch = batch;
            Callbacks.BatchBegin(context);
            if (!Finish(context, loop, others, ownSamples: 0, samples))
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ComputeGradients(TrainingLoop loop, in BatchRows rows, ulong seed)
    {
        ulong noise = RandomSource.Combine(seed, (ulong)model.OptimizerState!.Iteration);
        if (!loop.ComputeGradients(rows, Ranks is null or { Rank: 0 } ? noise : RandomSource.Combine(noise, (ulong)Ranks.Rank)))
        {
            throw source.Refusal(FiniteData.FindFault(model, rows.Data, rows.Order.Span)!);
        }
    }

    /// <returns>Whether the epoch goes on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Finish(TrainingContext context, TrainingLoop loop, float loss, int ownSamples, int samples)
    {
        context.UpdateNorms = [];
        NonFiniteException? failure = Learn(context, loop, loss, ownSamples, samples);
        Callbacks.BatchEnd(context);

        // A callback that has asked to stop, as TerminateOnNaN, has dealt with it.
        return failure is null || (context.StopTraining ? false : throw failure);
    }

    /// <returns>What kept the batch from being learnt; the parameters are then as before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NonFiniteException? Learn(TrainingContext context, TrainingLoop loop, float loss, int ownSamples, int samples)
    {
        if (!float.IsFinite(loss))
        {
            return Fail(context, $"The loss became {loss}", loss);
        }

        float largestGradient = loop.Step.Runs.Largest(loop.Step.GradientSpan);
        if (!float.IsFinite(largestGradient))
        {
            return Fail(context, "A gradient became NaN or infinite", float.NaN);
        }

        if (!_hasSeenOutputs)
        {
            _hasSeenOutputs = true;
            OutputCheck.Run(context, loop.Step, ownSamples);
        }

        // Before the update: a metric that cannot be measured ends training with the parameters as they were.
        measures.Measure(loop.Step, ownSamples);
        OptimizerState state = model.OptimizerState!;
        state.Iteration++;
        Ranks?.KeepState(model);
        UpdateMeter? meter = Callbacks.WantUpdateNorms(context) ? _meter ??= new UpdateMeter(model.Network) : null;
        if (!loop.Update(_update, largestGradient, meter))
        {
            return Fail(context, "An update made a parameter NaN or infinite and was undone", float.NaN);
        }

        if (meter is not null)
        {
            context.UpdateNorms = meter.Result();
        }

        Ranks?.AverageState(model, ownSamples, samples);
        measures.Record(loop.Step, loss, samples);
        return null;
    }

    private NonFiniteException Fail(TrainingContext context, string what, float loss)
    {
        measures.Logs.Set("loss", loss);
        return ParameterFault.Find(model) is { } fault
            ? new NonFiniteException(fault, context.Epoch, context.Batch)
            : new NonFiniteException(what, context.Epoch, context.Batch);
    }
}
