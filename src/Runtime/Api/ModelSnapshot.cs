using System.Runtime.CompilerServices;
using Unroll.Memory;
using Unroll.Numerics;
using Unroll.Running;

namespace Unroll;

/// <summary>The predictions of a model as it was when <see cref="ModelBase.Snapshot"/> was called: nothing changes them.</summary>
/// <remarks>
/// It holds a copy of the parameters and shares the code. Any number of threads may use it at once, while the model trains on, is assigned to,
/// or is long gone. To publish a newer one, replace the reference: who predicts at that moment ends with the older.
/// </remarks>
/// <example><code>
/// ModelSnapshot published = model.Snapshot();
/// model.Fit(train, epochs: 20, callbacks: [new LambdaCallback(onEpochEnd: context => published = context.Model.Snapshot())]);
/// // meanwhile, on other threads:
/// published.Predict(image, probabilities);
/// </code></example>
public sealed class ModelSnapshot
{
    private readonly Inference _inference;

    internal ModelSnapshot(Inference inference) => _inference = inference;

    /// <summary>The full name of the network's class.</summary>
    public string Network => _inference.Network.Name;

    /// <summary>The number of values in one sample; where there are several inputs, in all of them.</summary>
    public int InputSize => _inference.Network.InputSize;

    /// <summary>The number of values in one prediction; where there are several outputs, in all of them.</summary>
    public int OutputSize => _inference.Network.OutputSize;

    /// <summary>The network's outputs for some samples.</summary>
    /// <param name="inputs">n × InputSize values, row-major; where there are several inputs, a row holds them one after another.</param>
    /// <returns>n × OutputSize values, row-major.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize.</exception>
    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        float[] outputs = _inference.OutputsFor(inputs);
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>The network's outputs for some samples; allocates nothing after a thread's first call.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires, or the spans overlap.</exception>
    [MethodImpl(FirstCall.Optimized)]
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => _inference.Predict(PredictingThread.Current, inputs, outputs);

    /// <summary>The network's outputs for some samples, on several threads at once; see <see cref="ModelBase.Predict(ReadOnlySpan{float}, Span{float}, int)"/>.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <param name="threads">How many threads work at most, the calling one included, and no more than there are processors; 0: as many as these.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires, or the spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs, int threads) =>
        SharedPrediction.Run(_inference, PredictingThread.Current, inputs, outputs, threads);
}
