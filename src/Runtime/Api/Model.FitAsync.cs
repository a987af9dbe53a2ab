using Unroll.Api;
using Unroll.Fitting;
using Unroll.Running;

namespace Unroll;

/// <content><c>Fit</c> beside other work.</content>
public abstract partial class Model
{
    /// <summary>Trains on a thread of its own, while the caller goes on.</summary>
    /// <remarks>
    /// All of <c>Fit</c> runs on that thread, callbacks included; progress is reported from there, and by <see cref="Progress{T}"/> where that
    /// was made. The model must not be used otherwise until the task has ended.
    /// </remarks>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="options">How to train; by default as <see cref="FitOptions"/> has it.</param>
    /// <param name="progress">Told how training goes, after each epoch and at most ten times a second; then no progress bar comes by itself.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the task is then cancelled.</param>
    /// <returns>The history, or the exception that <c>Fit</c> throws.</returns>
    /// <example><code>
    /// var progress = new Progress&lt;TrainingProgress&gt;(now => bar.Value = now.Fraction);
    /// History history = await model.FitAsync(train, new FitOptions { Epochs = 20 }, progress, cancellation.Token);
    /// </code></example>
    public Task<History> FitAsync(
        Dataset training,
        FitOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        DedicatedThread.Run(() => Fit(training, ProgressReporter.AddTo(options, progress), cancellationToken), cancellationToken);

    /// <inheritdoc cref="FitAsync(Dataset, FitOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    /// <param name="training">The batches, taken in their order, on the thread of the training.</param>
    /// <param name="options">How to train; by default as <see cref="FitOptions"/> has it.</param>
    /// <param name="progress">Told how training goes, after each epoch and at most ten times a second; then no progress bar comes by itself.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the task is then cancelled.</param>
    public Task<History> FitAsync(
        IEnumerable<Batch> training,
        FitOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        DedicatedThread.Run(() => Fit(training, ProgressReporter.AddTo(options, progress), cancellationToken), cancellationToken);

    /// <inheritdoc cref="FitAsync(Dataset, FitOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    /// <param name="training">The batches, taken in their order; the thread of the training waits for each.</param>
    /// <param name="options">How to train; by default as <see cref="FitOptions"/> has it.</param>
    /// <param name="progress">Told how training goes, after each epoch and at most ten times a second; then no progress bar comes by itself.</param>
    /// <param name="cancellationToken">Ends training after the current batch, and is handed to the sequence; the task is then cancelled.</param>
    public Task<History> FitAsync(
        IAsyncEnumerable<Batch> training,
        FitOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        return FitAsync(new AwaitedBatches(training, cancellationToken), options, progress, cancellationToken);
    }
}
