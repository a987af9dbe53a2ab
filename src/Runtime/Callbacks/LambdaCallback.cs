namespace Unroll;

/// <summary>A callback made of functions given one by one. Definition: <c>keras.callbacks.LambdaCallback</c> (Keras 3).</summary>
/// <example><code>
/// model.Fit(train, callbacks: [new LambdaCallback(onEpochEnd: context => Console.WriteLine(context.Logs["loss"]))]);
/// </code></example>
public sealed class LambdaCallback : Callback
{
    private readonly Action<TrainingContext>? _onTrainBegin;
    private readonly Action<TrainingContext>? _onEpochBegin;
    private readonly Action<TrainingContext>? _onBatchBegin;
    private readonly Action<TrainingContext>? _onBatchEnd;
    private readonly Action<TrainingContext>? _onEpochEnd;
    private readonly Action<TrainingContext>? _onTrainEnd;

    /// <summary>Takes the functions; each is called where the method of its name is.</summary>
    /// <param name="onEpochBegin">Before each epoch.</param>
    /// <param name="onEpochEnd">After each epoch.</param>
    /// <param name="onTrainBegin">Before the first epoch.</param>
    /// <param name="onTrainEnd">After the last epoch.</param>
    /// <param name="onBatchBegin">Before each batch.</param>
    /// <param name="onBatchEnd">After each batch.</param>
    public LambdaCallback(
        Action<TrainingContext>? onEpochBegin = null,
        Action<TrainingContext>? onEpochEnd = null,
        Action<TrainingContext>? onTrainBegin = null,
        Action<TrainingContext>? onTrainEnd = null,
        Action<TrainingContext>? onBatchBegin = null,
        Action<TrainingContext>? onBatchEnd = null)
    {
        _onTrainBegin = onTrainBegin;
        _onEpochBegin = onEpochBegin;
        _onBatchBegin = onBatchBegin;
        _onBatchEnd = onBatchEnd;
        _onEpochEnd = onEpochEnd;
        _onTrainEnd = onTrainEnd;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context) => _onTrainBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => _onEpochBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchBegin(TrainingContext context) => _onBatchBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context) => _onBatchEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context) => _onEpochEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context) => _onTrainEnd?.Invoke(context);
}
