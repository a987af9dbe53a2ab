namespace Unroll;

/// <content>What looks at data without learning from them.</content>
public abstract partial class Model
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
    /// Reshape may come before it. Or the model is in training.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network, or a value is not finite.</exception>
    public void Adapt(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireNotTraining(nameof(Adapt));
        Adaptation.Run(this, data);
    }

    /// <summary>The loss and the metrics over some data, without noise and without learning.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Accepted as Keras does; samples run in blocks of the compiled size, and the result does not depend on it.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss.</exception>
    public EvaluationResult Evaluate(Dataset data, int batchSize = 32)
    {
        RequireCompiled(nameof(Evaluate));
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        DatasetCheck.Require(this, data, nameof(data));
        var logs = new Logs();
        new Evaluator(this).Run(data, logs, prefix: "", CancellationToken.None);
        return new EvaluationResult(logs);
    }

    /// <summary>The loss of a batch and its derivative by every parameter, in training mode, without an update.</summary>
    /// <remarks>Dropout draws the masks of the next step of a <c>Fit</c> without a seed, so repeated calls see the same.</remarks>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss.</exception>
    public Gradients ComputeGradients(Dataset batch)
    {
        RequireCompiled(nameof(ComputeGradients));
        ArgumentNullException.ThrowIfNull(batch);
        DatasetCheck.Require(this, batch, nameof(batch));
        return GradientRun.Run(this, batch, RandomSource.Combine(SeedOfNextFit, (ulong)OptimizerState!.Iteration));
    }
}
