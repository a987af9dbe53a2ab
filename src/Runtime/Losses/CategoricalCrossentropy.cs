using System.Runtime.CompilerServices;
using Unroll.Arguments;
using Unroll.Measures;
using Unroll.Numerics;

namespace Unroll;

/// <summary>
/// Categorical cross-entropy of a vector of K class probabilities against a one-hot (or any) distribution: <c>L = −Σᵢ yᵢ·ln pᵢ</c>.
/// </summary>
/// <remarks>
/// <para>Target: as long as the prediction, values in [0, 1]. Definition: <c>keras.losses.CategoricalCrossentropy</c> (Keras 3): p is
/// divided by its sum and clipped to [1e-7, 1 − 1e-7], with derivative 0 outside the clip.</para>
/// <para>Behind a softmax the loss is computed from the logits z instead, as Keras does on TensorFlow: <c>Σᵢ yᵢ·(ln Σⱼ e^zⱼ − zᵢ)</c>
/// with derivative <c>pᵢ − yᵢ</c> (for targets that sum to s, <c>s·pᵢ − yᵢ</c>). With <c>fuse: false</c> it stays with the clipped
/// probabilities, as Keras does on JAX and PyTorch. For integer labels use <see cref="SparseCategoricalCrossentropy"/>.</para>
/// </remarks>
/// <example><code>model.Compile(new Adam(), new CategoricalCrossentropy(labelSmoothing: 0.1f), new Accuracy());</code></example>
public sealed class CategoricalCrossentropy : Loss
{
    private readonly bool _fromLogits;
    private readonly bool _fuse;
    private readonly float _labelSmoothing;

    /// <summary>Chooses the options.</summary>
    /// <param name="fromLogits">Whether the network's outputs are logits (no softmax at its end) rather than probabilities.</param>
    /// <param name="labelSmoothing">s in <c>y·(1 − s) + s/K</c>, in [0, 1].</param>
    /// <param name="fuse">Whether a softmax at the network's end is skipped and its input used.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is not in [0, 1].</exception>
    public CategoricalCrossentropy(bool fromLogits = false, float labelSmoothing = 0f, bool fuse = true)
    {
        _fromLogits = fromLogits;
        _labelSmoothing = Require.InUnitInterval(labelSmoothing);
        _fuse = fuse;
    }

    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

    /// <inheritdoc/>
    public override string? FindMisuse(ReadOnlySpan<float> prediction) =>
        _fromLogits ? null : Probability.FindMisuse(prediction, Activation.Softmax, nameof(CategoricalCrossentropy));

    internal override Activation? LogitsActivation => _fromLogits ? Activation.Softmax : null;

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => Probability.FindFault(target);

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        return _fromLogits
            ? OfLogits(prediction, target, gradient)
            : OfProbabilities(prediction, target, gradient);
    }

    /// <inheritdoc/>
    public override bool FusesWith(Activation head) => _fuse && !_fromLogits && head == Activation.Softmax;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float EvaluateLogits(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(logits, probabilities, target, gradient);
        double loss = CrossEntropy(logits, target, Probability.LogSumExp(logits, probabilities), out float total);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (total * probabilities[i]) - Smooth(target[i], target.Length);
        }

        return (float)loss;
    }

    /// <inheritdoc/>
    // The logarithms are taken for all samples at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool EvaluateLogitRows(in LossRows rows)
    {
        OutputRows outputs = rows.Outputs;
        Span<float> losses = rows.Losses;
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = Probability.Largest(outputs.Output(row));
        }

        ArrayMath.Log(losses);
        for (int row = 0; row < losses.Length; row++)
        {
            ReadOnlySpan<float> logits = rows.Logits(row);
            ReadOnlySpan<float> target = outputs.Target(row);
            float weight = rows.Weights[row];
            float logSumExp = Probability.Largest(logits) - losses[row];
            losses[row] = weight * (float)CrossEntropy(logits, target, logSumExp, out float total);
            if (rows.HasGradients)
            {
                float scale = weight * rows.Share;
                Span<float> gradient = rows.Gradient(row);
                Probability.Scale(outputs, row, total, gradient);
                for (int i = 0; i < target.Length; i++)
                {
                    gradient[i] = scale * (gradient[i] - Smooth(target[i], target.Length));
                }
            }
        }

        return true;
    }

    private float OfLogits(ReadOnlySpan<float> logits, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float logSumExp = Probability.LogSumExp(logits);
        double loss = CrossEntropy(logits, target, logSumExp, out float total);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (total * MathF.Exp(logits[i] - logSumExp)) - Smooth(target[i], target.Length);
        }

        return (float)loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double CrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float logSumExp, out float total)
    {
        double loss = 0;
        total = 0f;
        for (int i = 0; i < logits.Length; i++)
        {
            float y = Smooth(target[i], target.Length);
            loss += y * (logSumExp - logits[i]);
            total += y;
        }

        return loss;
    }

    private float OfProbabilities(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float sum = 0f;
        foreach (float p in prediction)
        {
            sum += p;
        }

        // ∂L/∂qᵢ = −yᵢ/qᵢ for q = p/sum, then ∂L/∂pⱼ = (∂L/∂qⱼ − Σᵢ qᵢ·∂L/∂qᵢ)/sum.
        double loss = 0;
        float projection = 0f;
        for (int i = 0; i < prediction.Length; i++)
        {
            float q = prediction[i] / sum;
            float y = Smooth(target[i], target.Length);
            loss -= y * MathF.Log(Probability.Clip(q));
            if (!gradient.IsEmpty)
            {
                gradient[i] = Probability.IsClipped(q) ? 0f : -y / q;
                projection += gradient[i] * q;
            }
        }

        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (gradient[i] - projection) / sum;
        }

        return (float)loss;
    }

    private float Smooth(float y, int classes) => (y * (1f - _labelSmoothing)) + (_labelSmoothing / classes);
}
