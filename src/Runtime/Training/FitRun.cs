using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll;

/// <summary>One call of <c>Fit</c>: epochs of batches, validation, callbacks.</summary>
internal sealed class FitRun(Model model, BatchSource source, Dataset? validation, CancellationToken cancellationToken)
{
    private readonly Logs _logs = new();
    private double _lossSum;
    private double[] _lossSums = [];
    private long _seen;
    private bool _hasSeenOutputs;

    public required int Epochs { get; init; }

    public required int InitialEpoch { get; init; }

    public required ulong Seed { get; init; }

    public required int Threads { get; init; }

    public required CallbackList Callbacks { get; init; }

    public void Run()
    {
        var context = new TrainingContext(model, model.Optimizer!, [.. model.Goals.SelectMany(static goal => goal.Metrics)], _logs, model.History!)
        {
            Epochs = Epochs,
            BatchesPerEpoch = source.BatchesPerEpoch,
            Callbacks = Callbacks.Items,
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
        Callbacks.Notify(context, static (callback, context) => callback.OnTrainBegin(context));
        if (DebugBuild.TakeNotice(model.GetType().Assembly) is { } notice)
        {
            context.Warn(notice);
        }

        Resume(context, progress);
        while (progress.NextEpoch < Epochs && !context.StopTraining)
        {
            context.Epoch = progress.NextEpoch;
            RunEpoch(context, loop, evaluator, progress.Seed);
            progress.NextEpoch++;
            Callbacks.Secure(context, progress);
        }

        if (context.Optimizer.UseEma && model.OptimizerState!.Iteration > 0)
        {
            // Before OnTrainEnd, as Keras: a callback that restores the best weights has the last word.
            WeightAverage.Take(model);
        }

        Callbacks.Notify(context, static (callback, context) => callback.OnTrainEnd(context));
    }

    private string DescribeData() =>
        $"{source.Describe()}; {(validation is null ? "no validation" : $"validation with {DataHash.Describe(validation, validation.SampleWeights)}")}";

    private void Resume(TrainingContext context, FitProgress progress)
    {
        Callbacks.Resume(context, progress);
        source.Skip(Math.Max(0, progress.NextEpoch - InitialEpoch), cancellationToken);
    }

    private void RunEpoch(TrainingContext context, TrainingLoop loop, Evaluator? evaluator, ulong seed)
    {
        context.StartClock();
        _logs.Clear();
        _lossSum = 0;
        _seen = 0;
        _lossSums = new double[model.Goals.Length];
        foreach (OutputGoal goal in model.Goals)
        {
            foreach (Metric metric in goal.Metrics)
            {
                metric.Begin(goal.Loss);
            }
        }

        source.BeginEpoch(context.Epoch, seed);
        context.BatchesPerEpoch = source.BatchesPerEpoch;
        Callbacks.Notify(context, static (callback, context) => callback.OnEpochBegin(context));
        for (int batch = 0; TryNext(out BatchRows rows); batch++)
        {
            context.Batch = batch;
            Callbacks.Notify(context, static (callback, context) => callback.OnBatchBegin(context));
            NonFiniteException? failure = RunBatch(context, loop, rows, seed);
            Callbacks.Notify(context, static (callback, context) => callback.OnBatchEnd(context));
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
        Callbacks.Notify(context, static (callback, context) => callback.OnEpochEnd(context));
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
        if (!loop.ComputeGradients(rows, RandomSource.Combine(seed, (ulong)state.Iteration)))
        {
            throw source.Refusal(FiniteData.FindFault(rows.Data, rows.Order.Span)!);
        }

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

        if (!_hasSeenOutputs)
        {
            _hasSeenOutputs = true;
            OutputCheck.Run(context, loop.Step, rows.Count);
        }

        // Before the update: a metric that cannot be measured ends training with the parameters as they were.
        Measure(loop, rows.Count);
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
    private void Measure(TrainingLoop loop, int samples)
    {
        foreach (OutputStep output in loop.Step.Outputs)
        {
            Measure(loop.Step, output, samples);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(TrainingStep step, OutputStep output, int samples)
    {
        int block = model.Network.BlockSamples;
        foreach (Metric metric in output.Goal.Metrics)
        {
            for (int first = 0; first < samples; first += block)
            {
                metric.UpdateRows(step.Rows(output, first, Math.Min(block, samples - first)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Record(TrainingLoop loop, float loss, int samples)
    {
        _lossSum += (double)loss * samples;
        _seen += samples;
        _logs.Set("loss", (float)(_lossSum / _seen));
        OutputStep[] outputs = loop.Step.Outputs;
        for (int i = 0; i < outputs.Length && outputs.Length > 1; i++)
        {
            _lossSums[i] += (double)outputs[i].MeanLoss * samples;
            _logs.Set(outputs[i].Goal.LossName, (float)(_lossSums[i] / _seen));
        }

        foreach (OutputStep output in outputs)
        {
            for (int i = 0; i < output.Goal.Metrics.Length; i++)
            {
                _logs.Set(output.Goal.MetricNames[i], output.Goal.Metrics[i].Result);
            }
        }
    }
}
