using Unroll.Api;
using Unroll.Fitting;

namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>Runs callbacks through epochs whose logs are given, in the order in which <c>Fit</c> calls them.</summary>
internal sealed class FakeFit
{
    private readonly Logs _logs = new();
    private readonly Callback[] _callbacks;

    public FakeFit(params Callback[] callbacks)
    {
        _callbacks = callbacks;
    }

    public FakeModel Model { get; } = new();

    public FakeOptimizer Optimizer { get; init; } = new(0.1f);

    public IReadOnlyList<Metric> Metrics { get; init; } = [new Accuracy(), new MeanAbsoluteError()];

    public History History { get; } = new();

    public List<string> Warnings { get; } = [];

    public int Batches { get; init; } = 1;

    public int Epochs { get; init; } = 100;

    /// <summary>What happens in a batch: given the context, before its end is announced.</summary>
    public Action<TrainingContext> InBatch { get; init; } = _ => { };

    /// <summary>Runs the epochs and returns how many there were before training was stopped.</summary>
    public int Run(params (string Name, float Value)[][] epochs)
    {
        Model.Compile(Optimizer, new MeanSquaredError(), [.. Metrics]);
        var state = new FitState(Model.Instance, _logs, History) { Epochs = Epochs, BatchesPerEpoch = Batches };
        using var callbacks = new CallbackList(Model, state, _callbacks, Warnings.Add);
        TrainingContext context = callbacks.Context;
        callbacks.TrainBegin();
        int done = 0;
        while (done < epochs.Length && !context.StopTraining)
        {
            state.Epoch = done;
            _logs.Clear();
            callbacks.EpochBegin();
            RunBatches(state, callbacks);
            Model.Weight = done;
            _logs.Clear();
            foreach ((string name, float value) in epochs[done])
            {
                _logs.Set(name, value);
            }

            History.Append(_logs);
            callbacks.EpochEnd();
            done++;
        }

        callbacks.TrainEnd();
        return done;
    }

    /// <summary>Runs epochs that log one value.</summary>
    public int Run(string name, params float[] values) => Run([.. values.Select(value => new[] { (name, value) })]);

    private void RunBatches(FitState state, CallbackList callbacks)
    {
        for (int batch = 0; batch < Batches && !state.StopTraining; batch++)
        {
            state.Batch = batch;
            callbacks.BatchBegin();
            InBatch(callbacks.Context);
            callbacks.BatchEnd();
        }
    }
}
