namespace Unroll;

/// <summary>
/// Categorical focal cross-entropy (Lin et al., 2018) of a vector of K class probabilities: <c>L = −α·Σᵢ (1 − pᵢ)^γ·yᵢ·ln pᵢ</c>:
/// examples that are already right count less.
/// </summary>
/// <remarks>
/// Target: as long as the prediction, values in [0, 1]. p is divided by its sum and clipped to [1e-7, 1 − 1e-7], with derivative 0 outside
/// the clip. Definition: <c>keras.losses.CategoricalFocalCrossentropy</c> (Keras 3), with one α for all classes.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new CategoricalFocalCrossentropy(), new Accuracy());</code></example>
public sealed class CategoricalFocalCrossentropy : Loss
{
    private readonly float _alpha;
    private readonly float _gamma;
    private readonly bool _fromLogits;
    private readonly float _labelSmoothing;

    /// <summary>Chooses the options.</summary>
    /// <param name="alpha">α, a weight for all classes, not negative.</param>
    /// <param name="gamma">γ, not negative; 0 is the plain cross-entropy times α.</param>
    /// <param name="fromLogits">Whether the network's outputs are logits (no softmax at its end) rather than probabilities.</param>
    /// <param name="labelSmoothing">s in <c>y·(1 − s) + s/K</c>, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CategoricalFocalCrossentropy(
        float alpha = 0.25f, float gamma = 2f, bool fromLogits = false, float labelSmoothing = 0f)
    {
        _alpha = Require.NotNegative(alpha);
        _gamma = Require.NotNegative(gamma);
        _fromLogits = fromLogits;
        _labelSmoothing = Require.InUnitInterval(labelSmoothing);
    }

    /// <inheritdoc/>
    public override string Name => "categorical_focal_crossentropy";

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => Probability.FindFault(target);

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        float normalizer = _fromLogits ? Probability.LogSumExp(prediction) : SumOf(prediction);
        double loss = 0;
        float projection = 0f;
        for (int i = 0; i < prediction.Length; i++)
        {
            float q = Quotient(prediction[i], normalizer);
            float y = (target[i] * (1f - _labelSmoothing)) + (_labelSmoothing / target.Length);
            float term = Term(q, out float slope);
            loss += y * term;
            if (!gradient.IsEmpty)
            {
                gradient[i] = y * slope;
                projection += gradient[i] * q;
            }
        }

        // From logits ∂qᵢ/∂zⱼ = qⱼ·(δᵢⱼ − qᵢ); from probabilities ∂qᵢ/∂pⱼ = (δᵢⱼ − qᵢ)/sum.
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (gradient[i] - projection) * (_fromLogits ? Quotient(prediction[i], normalizer) : 1f / normalizer);
        }

        return (float)loss;
    }

    private static float SumOf(ReadOnlySpan<float> values)
    {
        float sum = 0f;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum;
    }

    private float Quotient(float prediction, float normalizer) =>
        _fromLogits ? MathF.Exp(prediction - normalizer) : prediction / normalizer;

    // −α·(1 − q)^γ·ln q and its derivative.
    private float Term(float q, out float slope)
    {
        float clipped = Probability.Clip(q);
        float logarithm = MathF.Log(clipped);
        float factor = MathF.Pow(1f - clipped, _gamma);
        slope = Probability.IsClipped(q)
            ? 0f
            : _alpha * ((Probability.PowerSlope(1f - q, _gamma) * logarithm) - (factor / q));
        return -_alpha * factor * logarithm;
    }
}
