using System.Globalization;
using System.Runtime.CompilerServices;
using Unroll.Measures;
using Unroll.Numerics;

namespace Unroll;

/// <summary>
/// Categorical cross-entropy of a vector of K class probabilities against one integer label: <c>L = −ln p_label</c>.
/// </summary>
/// <remarks>
/// <para>Target: one label in 0..K−1. Definition: <c>keras.losses.SparseCategoricalCrossentropy</c> (Keras 3): p is divided by its sum and
/// clipped to [1e-7, 1 − 1e-7], with derivative 0 outside the clip.</para>
/// <para>Behind a softmax the loss is computed from the logits z instead, as Keras does on TensorFlow: <c>ln Σⱼ e^zⱼ − z_label</c> with
/// derivative p minus the one-hot label. With <c>fuse: false</c> it stays with the clipped probabilities, as Keras does on JAX and
/// PyTorch. For one-hot targets use <see cref="CategoricalCrossentropy"/>.</para>
/// </remarks>
/// <example><code>model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());</code></example>
public sealed class SparseCategoricalCrossentropy : Loss
{
    private readonly bool _fromLogits;
    private readonly bool _fuse;

    /// <summary>Chooses the options.</summary>
    /// <param name="fromLogits">Whether the network's outputs are logits (no softmax at its end) rather than probabilities.</param>
    /// <param name="fuse">Whether a softmax at the network's end is skipped and its input used.</param>
    public SparseCategoricalCrossentropy(bool fromLogits = false, bool fuse = true)
    {
        _fromLogits = fromLogits;
        _fuse = fuse;
    }

    /// <inheritdoc/>
    public override string Name => "sparse_categorical_crossentropy";

    /// <inheritdoc/>
    public override int TargetSizeFor(int outputs) => 1;

    /// <inheritdoc/>
    public override string? FindMisuse(ReadOnlySpan<float> prediction) =>
        _fromLogits ? null : Probability.FindMisuse(prediction, Activation.Softmax, nameof(SparseCategoricalCrossentropy));

    internal override Activation? LogitsActivation => _fromLogits ? Activation.Softmax : null;

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs)
    {
        float label = target[0];
        if (label != MathF.Floor(label) || !float.IsFinite(label))
        {
            return string.Create(CultureInfo.InvariantCulture, $"label {label} is not an integer");
        }

        return label >= 0f && label < outputs
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"label {label} is not in 0..{outputs - 1}");
    }

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        int label = LabelOf(target, prediction.Length);
        return _fromLogits
            ? OfLogits(prediction, label, gradient)
            : OfProbabilities(prediction, label, gradient);
    }

    /// <inheritdoc/>
    public override bool FusesWith(Activation head) => _fuse && !_fromLogits && head == Activation.Softmax;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float EvaluateLogits(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(logits, probabilities, target, gradient);
        int label = LabelOf(target, logits.Length);
        if (!gradient.IsEmpty)
        {
            probabilities.CopyTo(gradient);
            gradient[label] -= 1f;
        }

        return Probability.LogSumExp(logits, probabilities) - logits[label];
    }

    /// <inheritdoc/>
    // −ln p_label is all it takes where p_label has not been rounded away, and the logarithms are taken for all samples at once. A sample's
    // bits do not depend on those beside it, which change with the number of threads.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool EvaluateLogitRows(in LossRows rows)
    {
        OutputRows outputs = rows.Outputs;
        Span<float> losses = rows.Losses;
        for (int row = 0; row < losses.Length; row++)
        {
            ReadOnlySpan<float> probabilities = outputs.Output(row);
            float target = outputs.Targets[row];
            int label = (int)target;
            if (label != target || (uint)label >= (uint)probabilities.Length)
            {
                label = LabelOf(outputs.Target(row), probabilities.Length);
            }

            float probability = probabilities[label];
            losses[row] = probability;
            if (rows.HasGradients)
            {
                float scale = rows.Weights[row] * rows.Share;
                Span<float> gradient = rows.Gradient(row);
                Probability.Scale(outputs, row, scale, gradient);
                gradient[label] = (probability - 1f) * scale;
            }
        }

        ArrayMath.Log(losses);
        for (int row = 0; row < losses.Length; row++)
        {
            float loss = -losses[row];
            if (!(loss <= Probability.MostExactLoss))
            {
                loss = EvaluateLogits(rows.Logits(row), outputs.Output(row), outputs.Target(row), []);
            }

            losses[row] = rows.Weights[row] * loss;
        }

        return true;
    }

    private static float OfLogits(ReadOnlySpan<float> logits, int label, Span<float> gradient)
    {
        float logSumExp = Probability.LogSumExp(logits);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = MathF.Exp(logits[i] - logSumExp);
        }

        if (!gradient.IsEmpty)
        {
            gradient[label] -= 1f;
        }

        return logSumExp - logits[label];
    }

    private static float OfProbabilities(ReadOnlySpan<float> prediction, int label, Span<float> gradient)
    {
        float sum = 0f;
        foreach (float p in prediction)
        {
            sum += p;
        }

        // L = ln sum − ln p_label where the quotient is not clipped.
        float q = prediction[label] / sum;
        if (!gradient.IsEmpty)
        {
            bool clipped = Probability.IsClipped(q);
            gradient.Fill(clipped ? 0f : 1f / sum);
            gradient[label] -= clipped ? 0f : 1f / prediction[label];
        }

        return -MathF.Log(Probability.Clip(q));
    }

    private int LabelOf(ReadOnlySpan<float> target, int classes) => FindFault(target, classes) is string fault
        ? throw new ArgumentException($"{Name}: {fault}.", nameof(target))
        : (int)target[0];
}
