using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Unroll.Arguments;
using Unroll.Measures;
using Unroll.Numerics;

namespace Unroll;

/// <summary>
/// Binary cross-entropy, the mean over a vector of n probabilities of <c>−y·ln p − (1 − y)·ln(1 − p)</c>.
/// </summary>
/// <remarks>
/// <para>Target: as long as the prediction, values in [0, 1]. Definition: <c>keras.losses.BinaryCrossentropy</c> (Keras 3): p is clipped
/// to [1e-7, 1 − 1e-7], with derivative 0 outside.</para>
/// <para>Behind a sigmoid the loss is computed from the logits z instead, as Keras does on TensorFlow:
/// <c>max(z, 0) − z·y + ln(1 + e^−|z|)</c> with derivative <c>(p − y)/n</c>, exact where p has long rounded to 0 or 1. With
/// <c>fuse: false</c> it stays with the clipped probabilities, as Keras does on JAX and PyTorch.</para>
/// </remarks>
/// <example><code>model.Compile(new Adam(), new BinaryCrossentropy(), new Accuracy());</code></example>
public sealed class BinaryCrossentropy : Loss
{
    private readonly bool _fromLogits;
    private readonly bool _fuse;
    private readonly float _labelSmoothing;

    /// <summary>Chooses the options.</summary>
    /// <param name="fromLogits">Whether the network's output is a logit (no sigmoid at its end) rather than a probability.</param>
    /// <param name="labelSmoothing">s in <c>y·(1 − s) + s/2</c>, in [0, 1].</param>
    /// <param name="fuse">Whether a sigmoid at the network's end is skipped and its input used.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is not in [0, 1].</exception>
    public BinaryCrossentropy(bool fromLogits = false, float labelSmoothing = 0f, bool fuse = true)
    {
        _fromLogits = fromLogits;
        _labelSmoothing = Require.InUnitInterval(labelSmoothing);
        _fuse = fuse;
    }

    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <inheritdoc/>
    public override string? FindMisuse(ReadOnlySpan<float> prediction) =>
        _fromLogits ? null : Probability.FindMisuse(prediction, Activation.Sigmoid, nameof(BinaryCrossentropy));

    internal override Activation? LogitsActivation => _fromLogits ? Activation.Sigmoid : null;

    internal override bool IsBinary => true;

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => Probability.FindFault(target);

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        float scale = 1f / prediction.Length;
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            float y = Smooth(target[i]);
            if (_fromLogits)
            {
                sum += TermOfLogit(prediction[i], y);
                if (!gradient.IsEmpty)
                {
                    gradient[i] = (Probability.Sigmoid(prediction[i]) - y) * scale;
                }
            }
            else
            {
                float p = Probability.Clip(prediction[i]);
                sum -= (y * MathF.Log(p)) + ((1f - y) * MathF.Log(1f - p));
                if (!gradient.IsEmpty)
                {
                    gradient[i] = Probability.IsClipped(prediction[i]) ? 0f : (p - y) / (p * (1f - p)) * scale;
                }
            }
        }

        return (float)(sum / prediction.Length);
    }

    /// <inheritdoc/>
    public override bool FusesWith(Activation head) => _fuse && !_fromLogits && head == Activation.Sigmoid;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float EvaluateLogits(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(logits, probabilities, target, gradient);
        float scale = 1f / logits.Length;
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            float y = Smooth(target[i]);
            sum += TermOfLogit(logits[i], y);
            if (!gradient.IsEmpty)
            {
                gradient[i] = (probabilities[i] - y) * scale;
            }
        }

        return (float)(sum / logits.Length);
    }

    /// <inheritdoc/>
    // For one output: logarithms and exponentials are taken for all samples at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool EvaluateLogitRows(in LossRows rows)
    {
        OutputRows outputs = rows.Outputs;
        if (outputs.Columns != 1)
        {
            return false;
        }

        Span<float> losses = rows.Losses;
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = -MathF.Abs(rows.Logits(row)[0]);
        }

        ArrayMath.Softplus(losses);
        for (int row = 0; row < losses.Length; row++)
        {
            float y = Smooth(outputs.Targets[row]);
            float z = rows.Logits(row)[0];
            losses[row] = rows.Weights[row] * ((z > 0f ? z : 0f) - (z * y) + losses[row]);
            if (rows.HasGradients)
            {
                float slope = rows.Weights[row] * rows.Share * (outputs.Output(row)[0] - y);
                Vector512.CreateScalar(slope).StoreUnsafe(ref rows.Gradient(row)[0]);
            }
        }

        return true;
    }

    private static float TermOfLogit(float z, float y) =>
        MathF.Max(z, 0f) - (z * y) + Probability.LogOnePlusExpMinus(MathF.Abs(z));

    private float Smooth(float y) => (y * (1f - _labelSmoothing)) + (0.5f * _labelSmoothing);
}
