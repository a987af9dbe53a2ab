using System.ComponentModel;
using Unroll.Checks;
using Unroll.Fitting;
using Unroll.Memory;
using Unroll.Numerics;
using Unroll.Running;

namespace Unroll;

/// <content>What looks at data without learning from them.</content>
public abstract partial class ModelBase
{
    /// <summary>Measures mean and variance of the data for the Normalization layers; do it before training.</summary>
    /// <remarks>
    /// Sets <c>{layer}/mean</c> and <c>{layer}/variance</c> of each unit of the layer's last axis, over all rows and other axes, computed in
    /// double precision. Targets and weights do not matter; an earlier measurement is forgotten. Definition: <c>adapt</c> of
    /// <c>keras.layers.Normalization</c> (Keras 3).
    /// </remarks>
    /// <example><code>
    /// var model = new WineQuality(seed: 1);   // [Network(11)] [Normalization] [Dense(64, Activation.Relu)] [Dense(1)]
    /// model.Adapt(train);
    /// </code></example>
    /// <exception cref="InvalidOperationException">There is no such layer, or one that does not see the data as they are: only Flatten and
    /// Reshape may come before it. Or the model is in training, or another thread uses its parameters.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network, or a value is not finite.</exception>
    public void Adapt(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _access.RequireNotTraining(nameof(Adapt));
        using ParameterAccess.Writing writing = _access.Write(nameof(Adapt));
        Adaptation.Run(Instance, data);
    }

    /// <summary>The loss and the metrics over some data, without noise and without learning.</summary>
    /// <remarks>Called from a callback, it leaves the metrics of the epoch in progress as they are.</remarks>
    /// <param name="data">The samples.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, or another thread trains it or changes its parameters.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network, the loss or a metric.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EvaluationResult Evaluate(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using Evaluation evaluation = BeginEvaluation();
        DatasetCheck.Require(Network, Goals, data, nameof(data));
        var logs = new Logs();
        evaluation.Evaluator.Run(data, logs, prefix: "", cancellationToken);
        return new EvaluationResult(logs);
    }

    /// <summary>The same, for calls that are written as in Keras: samples run in blocks of the compiled size, whatever is said here.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Positive; the result does not depend on it.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, or another thread trains it or changes its parameters.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network, the loss or a metric.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EvaluationResult Evaluate(Dataset data, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        return Evaluate(data);
    }

    /// <summary>The loss and the metrics over a sequence of batches: for data larger than memory.</summary>
    /// <param name="data">The batches, gone through once; the result is that of all their samples together.</param>
    /// <param name="cancellationToken">Ends the evaluation after the current batch.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, or another thread trains it or changes its parameters.</exception>
    /// <exception cref="ArgumentException">There is no batch, or one does not fit the network, the loss or a metric.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EvaluationResult Evaluate(IEnumerable<Batch> data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using Evaluation evaluation = BeginEvaluation();
        Evaluator evaluator = evaluation.Evaluator;
        evaluator.Begin();
        int count = 0;
        foreach (Batch batch in data)
        {
            string? fault = batch is null ? "it is null" : DatasetCheck.FindFault(Network, Goals, batch.Rows);
            if (batch is null || fault is not null)
            {
                throw new ArgumentException($"Batch {count + 1} is not usable: {fault}.", nameof(data));
            }

            evaluator.Add(batch.Rows, nameof(data), cancellationToken);
            count++;
        }

        if (count == 0)
        {
            throw new ArgumentException("The sequence has no batch.", nameof(data));
        }

        var logs = new Logs();
        evaluator.End(logs, prefix: "");
        return new EvaluationResult(logs);
    }

    /// <summary>The loss and the metrics over a sequence of batches that is waited for, on a thread of its own, while the caller goes on.</summary>
    /// <inheritdoc cref="Evaluate(IEnumerable{Batch}, CancellationToken)"/>
    /// <param name="data">The batches, gone through once; the result is that of all their samples together.</param>
    /// <param name="cancellationToken">Ends the evaluation after the current batch, and is handed to the sequence; the task is then cancelled.</param>
    /// <returns>The result, or the exception that <c>Evaluate</c> throws.</returns>
    public Task<EvaluationResult> EvaluateAsync(IAsyncEnumerable<Batch> data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return DedicatedThread.Run(() => Evaluate(new AwaitedBatches(data, cancellationToken), cancellationToken), cancellationToken);
    }

    /// <summary>The loss of a batch and its derivative by every parameter, in training mode, without an update.</summary>
    /// <remarks>Dropout draws the masks of the next step of a <c>Fit</c> without a seed, so repeated calls see the same.</remarks>
    /// <exception cref="InvalidOperationException">The model is not compiled, or another thread trains it or changes its parameters.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss.</exception>
    public Gradients ComputeGradients(Dataset batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using ParameterAccess.Reading reading = _access.Read(nameof(ComputeGradients));
        RequireCompiled(nameof(ComputeGradients));
        DatasetCheck.Require(Network, Goals, batch, nameof(batch));
        BatchLimit.Require(Network, Goals, batch.Count, nameof(batch));
        return GradientRun.Run(Instance, batch, RandomSource.Combine(SeedOfNextFit, (ulong)Instance.OptimizerState!.Iteration));
    }

    /// <summary>What every layer makes of some samples, in inference mode: without noise, with moving averages.</summary>
    /// <param name="features">n × InputSize values, row-major.</param>
    /// <returns>For each layer n × the size of its output, by the layer's name.</returns>
    /// <remarks>Nothing is kept of it: predictions and training cost the same whether it is called or not.</remarks>
    /// <example><code>
    /// float[] seen = model.Activations(image)["dense1"];   // 128 hidden values
    /// </code></example>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize, or a value is no id of the embedding that reads it.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    public Activations Activations(ReadOnlySpan<float> features)
    {
        int rows = _inference.RowsOf(features);
        IdCheck.Require(Network, features, nameof(features));
        using ParameterAccess.Reading reading = _access.Read(nameof(Activations));
        return Unroll.Activations.Of(Instance, features, rows);
    }

    // Before anything is held against the losses: Compile is an exception from here on.
    private Evaluation BeginEvaluation()
    {
        RequireCompiled(nameof(Evaluate));
        ParameterAccess.Reading reading = _access.Read(nameof(Evaluate));

        // What a training or another evaluation, of this model or another, measures at the moment is not to be disturbed.
        MetricUse? use = MetricUse.TryBegin(Goals, out _);
        return new Evaluation(new Evaluator(Instance, use is null ? [.. Goals.Select(static goal => goal.WithCopies())] : Goals), use, reading);
    }

    private readonly struct Evaluation(Evaluator evaluator, MetricUse? use, ParameterAccess.Reading reading) : IDisposable
    {
        public Evaluator Evaluator => evaluator;

        public void Dispose()
        {
            use?.Dispose();
            reading.Dispose();
        }
    }
}
