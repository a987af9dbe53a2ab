using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Binary focal cross-entropy (Lin et al., 2018), the mean over a vector of <c>(1 − p_t)^γ</c> times the binary cross-entropy, where
/// <c>p_t = y·p + (1 − y)·(1 − p)</c>: examples that are already right count less.
/// </summary>
/// <remarks>
/// Target: as long as the prediction, values in [0, 1]. With class balancing each term is multiplied by <c>y·α + (1 − y)·(1 − α)</c>.
/// In the cross-entropy, not in the factor, p is clipped to [1e-7, 1 − 1e-7]. Definition: <c>keras.losses.BinaryFocalCrossentropy</c>
/// (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new BinaryFocalCrossentropy(applyClassBalancing: true));</code></example>
public sealed class BinaryFocalCrossentropy : ElementwiseLoss
{
    private readonly bool _applyClassBalancing;
    private readonly float _alpha;
    private readonly float _gamma;
    private readonly bool _fromLogits;
    private readonly float _labelSmoothing;

    /// <summary>Chooses the options.</summary>
    /// <param name="applyClassBalancing">Whether the classes are weighted by <paramref name="alpha"/>.</param>
    /// <param name="alpha">α, the weight of class 1, in [0, 1].</param>
    /// <param name="gamma">γ, not negative; 0 is the plain cross-entropy.</param>
    /// <param name="fromLogits">Whether the network's output is a logit (no sigmoid at its end) rather than a probability.</param>
    /// <param name="labelSmoothing">s in <c>y·(1 − s) + s/2</c>, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BinaryFocalCrossentropy(
        bool applyClassBalancing = false, float alpha = 0.25f, float gamma = 2f, bool fromLogits = false, float labelSmoothing = 0f)
    {
        _applyClassBalancing = applyClassBalancing;
        _alpha = Require.InUnitInterval(alpha);
        _gamma = Require.NotNegative(gamma);
        _fromLogits = fromLogits;
        _labelSmoothing = Require.InUnitInterval(labelSmoothing);
    }

    /// <inheritdoc/>
    public override string Name => "binary_focal_crossentropy";

    /// <inheritdoc/>
    public override string? FindMisuse(ReadOnlySpan<float> prediction) =>
        _fromLogits ? null : Probability.FindMisuse(prediction, Activation.Sigmoid, nameof(BinaryFocalCrossentropy));

    internal override Activation? LogitsActivation => _fromLogits ? Activation.Sigmoid : null;

    internal override bool IsBinary => true;

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => Probability.FindFault(target);

    /// <inheritdoc/>
    protected override float Term(float prediction, float target, out float derivative)
    {
        float y = (target * (1f - _labelSmoothing)) + (0.5f * _labelSmoothing);
        float p = _fromLogits ? Probability.Sigmoid(prediction) : prediction;
        float clipped = Probability.Clip(p);
        float crossEntropy = -(y * MathF.Log(clipped)) - ((1f - y) * MathF.Log(1f - clipped));
        float crossEntropySlope = Probability.IsClipped(p) ? 0f : (p - y) / (p * (1f - p));

        float miss = (y * (1f - p)) + ((1f - y) * p);
        float factor = MathF.Pow(miss, _gamma);
        float factorSlope = Probability.PowerSlope(miss, _gamma) * (1f - (2f * y));
        float weight = _applyClassBalancing ? (y * _alpha) + ((1f - y) * (1f - _alpha)) : 1f;

        derivative = weight * ((factorSlope * crossEntropy) + (factor * crossEntropySlope));
        if (_fromLogits)
        {
            derivative *= p * (1f - p);
        }

        return weight * factor * crossEntropy;
    }
}
