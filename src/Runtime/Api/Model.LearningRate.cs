using Unroll.Arguments;
using Unroll.Checks;
using Unroll.Fitting;
using Unroll.Memory;
using Unroll.Running;

namespace Unroll;

/// <content>What helps to choose how to train.</content>
public abstract partial class Model
{
    /// <summary>
    /// Sweeps the learning rate: trains one batch at each of some rates that grow from <paramref name="from"/> to <paramref name="to"/>, and
    /// keeps the losses. The model, its optimizer's state and its history are afterwards as before.
    /// </summary>
    /// <param name="data">The samples to learn from, in an order that <paramref name="seed"/> shuffles; gone through again where they end.</param>
    /// <param name="from">The first rate.</param>
    /// <param name="to">The last rate. The sweep ends before it where the smoothed loss exceeds four times its least, or is no number.</param>
    /// <param name="steps">The rates, one a batch, evenly on a logarithmic scale: at least 10.</param>
    /// <param name="batchSize">Samples a batch; the rates found hold for this size.</param>
    /// <param name="seed">Of shuffling and dropout; without one it follows from the model's seed and the number of <c>Fit</c> calls.</param>
    /// <param name="threads">Threads to use; 0: all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    /// <remarks>Definition: the learning rate range test of Smith, "Cyclical learning rates for training neural networks" (2017).</remarks>
    /// <example><code>
    /// LearningRateSweep sweep = model.FindLearningRate(train);
    /// Console.WriteLine(sweep);                                          // 71 rates; the loss falls fastest at 0.0031, is least at 0.042
    /// model.Compile(new Adam(sweep.Suggestion), new SparseCategoricalCrossentropy());
    /// </code></example>
    /// <exception cref="InvalidOperationException">The model is not compiled, is in training or used by another thread, its optimizer's rate follows a schedule, or nothing can be computed from its parameters, as one is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss, or an argument is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LearningRateSweep FindLearningRate(
        Dataset data,
        float from = 1e-7f,
        float to = 10f,
        int steps = 100,
        int batchSize = 32,
        int? seed = null,
        int threads = 0,
        CancellationToken cancellationToken = default)
    {
        RequireCompiled(nameof(FindLearningRate));
        using ParameterAccess.Writing training = Instance.Access.Train(nameof(FindLearningRate));
        ArgumentNullException.ThrowIfNull(data);
        Require.Positive(from);
        Require.AtLeast(10, steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (!(to > from && float.IsFinite(to)))
        {
            throw new ArgumentOutOfRangeException(nameof(to), to, $"to must be finite and more than from, {from}.");
        }

        Instance.Optimizer!.RequireNoSchedule($"{nameof(FindLearningRate)} cannot sweep it.");
        DatasetCheck.Require(Network, Goals, data, nameof(data));
        BatchLimit.Require(Network, Goals, Math.Min(batchSize, data.Count), nameof(batchSize));
        Adaptation.RequireDone(Instance);
        float[] weights = Instance.CaptureWeights();
        try
        {
            using var loop = new TrainingLoop(Instance, Math.Min(batchSize, data.Count), Math.Min(threads == 0 ? Processors.Count : threads, MostThreads));
            using var batches = new DatasetBatches(data, data.WeightMemory, batchSize, steps, shuffle: true);
            return new RateSweep(Instance, loop, batches, seed is int value ? (uint)value : SeedOfNextFit).Run(from, to, steps, cancellationToken);
        }
        finally
        {
            Instance.RestoreWeights(weights);
        }
    }
}
