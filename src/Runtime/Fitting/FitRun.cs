using Unroll.Clusters;
using Unroll.Data;
using Unroll.Optimizers;
using Unroll.Running;

namespace Unroll.Fitting;

/// <summary>One call of <c>Fit</c>: epochs of batches, validation, callbacks.</summary>
internal sealed partial class FitRun(
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
}
