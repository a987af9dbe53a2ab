using System.Diagnostics;

namespace Unroll;

/// <summary>One call of <c>Fit</c>: epochs of shuffled batches, validation, callbacks.</summary>
internal sealed class FitRun(Model model, Dataset training, Dataset? validation, CancellationToken cancellationToken)
{
    private readonly Logs _logs = new();
    private double _lossSum;
    private int _seen;

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required bool Shuffle { get; init; }

    public required ulong Seed { get; init; }

    public required int Threads { get; init; }

    public required IReadOnlyList<Callback> Callbacks { get; init; }

    public void Run()
    {
        using var loop = new TrainingLoop(model, model.Loss!, BatchSize, Threads);
        Evaluator? evaluator = validation is null ? null : new Evaluator(model);
        model.Optimizer!.StepsTaken = model.OptimizerState!.Iteration;
        int[] order = new int[training.Count];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        var context = new TrainingContext(model, model.Optimizer!, model.Metrics, _logs, model.History!)
        {
            Epochs = Epochs,
            BatchesPerEpoch = (training.Count + BatchSize - 1) / BatchSize,
        };
        Notify(context, static (callback, context) => callback.OnTrainBegin(context));
        for (int epoch = 0; epoch < Epochs && !context.StopTraining; epoch++)
        {
            context.Epoch = epoch;
            RunEpoch(context, loop, order, evaluator);
        }

        Notify(context, static (callback, context) => callback.OnTrainEnd(context));
    }

    private void RunEpoch(TrainingContext context, TrainingLoop loop, int[] order, Evaluator? evaluator)
    {
        long start = Stopwatch.GetTimestamp();
        _logs.Clear();
        _lossSum = 0;
        _seen = 0;
        foreach (Metric metric in model.Metrics)
        {
            metric.Reset();
        }

        if (Shuffle)
        {
            new RandomSource(Seed, (ulong)context.Epoch).Permute(order);
        }

        context.EpochTime = TimeSpan.Zero;
        Notify(context, static (callback, context) => callback.OnEpochBegin(context));
        for (int batch = 0; batch < context.BatchesPerEpoch; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Batch = batch;
            Notify(context, static (callback, context) => callback.OnBatchBegin(context));
            int first = batch * BatchSize;
            RunBatch(context, loop, order.AsMemory(first, Math.Min(BatchSize, order.Length - first)));
            context.EpochTime = Stopwatch.GetElapsedTime(start);
            Notify(context, static (callback, context) => callback.OnBatchEnd(context));
        }

        evaluator?.Run(validation!, _logs, "val_", cancellationToken);
        context.EpochTime = Stopwatch.GetElapsedTime(start);
        context.History.Append(_logs);
        Notify(context, static (callback, context) => callback.OnEpochEnd(context));
    }

    private void RunBatch(TrainingContext context, TrainingLoop loop, ReadOnlyMemory<int> rows)
    {
        OptimizerState state = model.OptimizerState!;
        loop.ComputeGradients(training, rows, RandomSource.Combine(Seed, (ulong)state.Iteration));
        float loss = loop.LossOfBatch();
        if (!float.IsFinite(loss))
        {
            throw new NonFiniteException($"The loss became {loss}", context.Epoch, context.Batch);
        }

        if (!FiniteCheck.AllFinite(loop.Step.GradientSpan))
        {
            throw new NonFiniteException("A gradient became NaN or infinite", context.Epoch, context.Batch);
        }

        state.Iteration++;
        if (!loop.Update(context.Optimizer, state))
        {
            throw new NonFiniteException("An update made a parameter NaN or infinite and was undone", context.Epoch, context.Batch);
        }

        Record(loop, loss, rows.Length);
    }

    private void Record(TrainingLoop loop, float loss, int samples)
    {
        _lossSum += (double)loss * samples;
        _seen += samples;
        _logs.Set("loss", (float)(_lossSum / _seen));
        if (model.Metrics.Count == 0)
        {
            return;
        }

        for (int sample = 0; sample < samples; sample++)
        {
            for (int vector = 0; vector < model.Network.OutputVectors; vector++)
            {
                UpdateMetrics(loop.Step.Output(sample, vector), loop.Step.Target(sample, vector));
            }
        }

        for (int i = 0; i < model.Metrics.Count; i++)
        {
            _logs.Set(model.Metrics[i].Name, model.Metrics[i].Result);
        }
    }

    private void UpdateMetrics(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        for (int i = 0; i < model.Metrics.Count; i++)
        {
            model.Metrics[i].Update(output, target);
        }
    }

    private void Notify(TrainingContext context, Action<Callback, TrainingContext> call)
    {
        for (int i = 0; i < Callbacks.Count; i++)
        {
            call(Callbacks[i], context);
        }
    }
}
