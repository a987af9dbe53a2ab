using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>One call of <c>Fit</c>: epochs of batches, validation, callbacks.</summary>
internal sealed class FitRun(Model model, BatchSource source, Dataset? validation, CancellationToken cancellationToken)
{
    private readonly Logs _logs = new();
    private double _lossSum;
    private long _seen;

    public required int Epochs { get; init; }

    public required int InitialEpoch { get; init; }

    public required ulong Seed { get; init; }

    public required int Threads { get; init; }

    public required IReadOnlyList<Callback> Callbacks { get; init; }

    public void Run()
    {
        using var loop = new TrainingLoop(model, model.Loss!, source.Capacity, Threads);
        Evaluator? evaluator = validation is null ? null : new Evaluator(model);
        model.Optimizer!.StepsTaken = model.OptimizerState!.Iteration;
        var context = new TrainingContext(model, model.Optimizer, model.Metrics, _logs, model.History!)
        {
            Epochs = Epochs,
            BatchesPerEpoch = source.BatchesPerEpoch,
        };
        var progress = new FitProgress(Callbacks, model.Optimizer) { NextEpoch = InitialEpoch, Seed = Seed, Data = new Lazy<string>(DescribeData) };
        Notify(context, static (callback, context) => callback.OnTrainBegin(context));
        Resume(context, progress);
        while (progress.NextEpoch < Epochs && !context.StopTraining)
        {
            context.Epoch = progress.NextEpoch;
            RunEpoch(context, loop, evaluator, progress.Seed);
            progress.NextEpoch++;
            foreach (Callback callback in Callbacks)
            {
                callback.Secure(context, progress);
            }
        }

        if (model.Optimizer.UseEma && model.OptimizerState.Iteration > 0)
        {
            // Before OnTrainEnd, as Keras: a callback that restores the best weights has the last word.
            WeightAverage.Take(model);
        }

        Notify(context, static (callback, context) => callback.OnTrainEnd(context));
    }

    private string DescribeData() =>
        $"{source.Describe()}; {(validation is null ? "no validation" : $"validation with {DataHash.Describe(validation, validation.SampleWeights)}")}";

    private void Resume(TrainingContext context, FitProgress progress)
    {
        foreach (Callback callback in Callbacks)
        {
            callback.Resume(context, progress);
        }

        source.Skip(Math.Max(0, progress.NextEpoch - InitialEpoch));
    }

    private void RunEpoch(TrainingContext context, TrainingLoop loop, Evaluator? evaluator, ulong seed)
    {
        context.StartClock();
        _logs.Clear();
        _lossSum = 0;
        _seen = 0;
        foreach (Metric metric in model.Metrics)
        {
            metric.Reset();
        }

        source.BeginEpoch(context.Epoch, seed);
        context.BatchesPerEpoch = source.BatchesPerEpoch;
        Notify(context, static (callback, context) => callback.OnEpochBegin(context));
        for (int batch = 0; TryNext(out BatchRows rows); batch++)
        {
            context.Batch = batch;
            Notify(context, static (callback, context) => callback.OnBatchBegin(context));
            NonFiniteException? failure = RunBatch(context, loop, rows, seed);
            Notify(context, static (callback, context) => callback.OnBatchEnd(context));
            if (failure is not null)
            {
                // A callback that has asked to stop, as TerminateOnNaN, has dealt with it.
                if (!context.StopTraining)
                {
                    throw failure;
                }

                break;
            }
        }

        evaluator?.Run(validation!, _logs, "val_", cancellationToken);
        context.StopClock();
        context.History.Append(_logs);
        Notify(context, static (callback, context) => callback.OnEpochEnd(context));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNext(out BatchRows rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return source.TryNext(out rows);
    }

    /// <returns>What kept the batch from being learnt; the parameters are then as before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NonFiniteException? RunBatch(TrainingContext context, TrainingLoop loop, in BatchRows rows, ulong seed)
    {
        OptimizerState state = model.OptimizerState!;
        loop.ComputeGradients(rows, RandomSource.Combine(seed, (ulong)state.Iteration));
        float loss = loop.LossOfBatch();
        if (!float.IsFinite(loss))
        {
            return Fail(context, $"The loss became {loss}", loss);
        }

        float largestGradient = Magnitude.Largest(loop.Step.GradientSpan);
        if (!float.IsFinite(largestGradient))
        {
            return Fail(context, "A gradient became NaN or infinite", float.NaN);
        }

        state.Iteration++;
        if (!loop.Update(context.Optimizer, state, largestGradient))
        {
            return Fail(context, "An update made a parameter NaN or infinite and was undone", float.NaN);
        }

        Record(loop, loss, rows.Count);
        return null;
    }

    private NonFiniteException Fail(TrainingContext context, string what, float loss)
    {
        _logs.Set("loss", loss);
        return new NonFiniteException(what, context.Epoch, context.Batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Record(TrainingLoop loop, float loss, int samples)
    {
        _lossSum += (double)loss * samples;
        _seen += samples;
        _logs.Set("loss", (float)(_lossSum / _seen));
        if (model.Metrics.Length == 0)
        {
            return;
        }

        int block = model.Network.BlockSamples;
        foreach (Metric metric in model.Metrics)
        {
            for (int first = 0; first < samples; first += block)
            {
                metric.UpdateRows(loop.Step.Outputs(first, Math.Min(block, samples - first)));
            }
        }

        foreach (Metric metric in model.Metrics)
        {
            _logs.Set(metric.Name, metric.Result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Notify(TrainingContext context, Action<Callback, TrainingContext> call)
    {
        for (int i = 0; i < Callbacks.Count; i++)
        {
            call(Callbacks[i], context);
        }
    }
}
