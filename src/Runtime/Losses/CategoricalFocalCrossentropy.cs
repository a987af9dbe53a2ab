using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Categorical focal cross-entropy (Lin et al., 2018) of a vector of K class probabilities: <c>L = −Σᵢ αᵢ·(1 − pᵢ)^γ·yᵢ·ln pᵢ</c>:
/// examples that are already right count less.
/// </summary>
/// <remarks>
/// Target: as long as the prediction, values in [0, 1]. p is divided by its sum and clipped to [1e-7, 1 − 1e-7], with derivative 0 outside
/// the clip. Definition: <c>keras.losses.CategoricalFocalCrossentropy</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new CategoricalFocalCrossentropy(), new Accuracy());</code></example>
public sealed class CategoricalFocalCrossentropy : Loss
{
    private readonly float[] _alpha;
    private readonly float _gamma;
    private readonly bool _fromLogits;
    private readonly float _labelSmoothing;

    /// <summary>Chooses the options, with one α for all classes.</summary>
    /// <param name="alpha">α, a weight for all classes, not negative.</param>
    /// <param name="gamma">γ, not negative; 0 is the plain cross-entropy times α.</param>
    /// <param name="fromLogits">Whether the network's outputs are logits (no softmax at its end) rather than probabilities.</param>
    /// <param name="labelSmoothing">s in <c>y·(1 − s) + s/K</c>, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CategoricalFocalCrossentropy(
        float alpha = 0.25f, float gamma = 2f, bool fromLogits = false, float labelSmoothing = 0f)
        : this([Require.NotNegative(alpha)], gamma, fromLogits, labelSmoothing)
    {
    }

    /// <summary>Chooses the options, with an α for each class.</summary>
    /// <param name="alpha">The weight of each class, none of them negative: as many as there are classes, or one for all.</param>
    /// <param name="gamma">γ, not negative; 0 is the plain cross-entropy, weighted.</param>
    /// <param name="fromLogits">Whether the network's outputs are logits (no softmax at its end) rather than probabilities.</param>
    /// <param name="labelSmoothing">s in <c>y·(1 − s) + s/K</c>, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="alpha"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CategoricalFocalCrossentropy(
        IReadOnlyList<float> alpha, float gamma = 2f, bool fromLogits = false, float labelSmoothing = 0f)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        _alpha = [.. alpha.Select(static weight => Require.NotNegative(weight, nameof(alpha)))];
        if (_alpha.Length == 0)
        {
            throw new ArgumentException("alpha must have a weight for each class, or one for all, but has 0.", nameof(alpha));
        }

        _gamma = Require.NotNegative(gamma);
        _fromLogits = fromLogits;
        _labelSmoothing = Require.InUnitInterval(labelSmoothing);
    }

    /// <inheritdoc/>
    public override string Name => "categorical_focal_crossentropy";

    /// <inheritdoc/>
    public override string? FindMisuse(ReadOnlySpan<float> prediction) =>
        _fromLogits ? null : Probability.FindMisuse(prediction, Activation.Softmax, nameof(CategoricalFocalCrossentropy));

    internal override Activation? LogitsActivation => _fromLogits ? Activation.Softmax : null;

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => _alpha.Length == 1 || _alpha.Length == outputs
        ? Probability.FindFault(target)
        : $"alpha has {_alpha.Length} weights, but there are {outputs} classes";

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        RequireWeights(prediction);
        float normalizer = _fromLogits ? Probability.LogSumExp(prediction) : SumOf(prediction);
        double loss = 0;
        float projection = 0f;
        for (int i = 0; i < prediction.Length; i++)
        {
            float q = Quotient(prediction[i], normalizer);
            float y = _alpha[_alpha.Length == 1 ? 0 : i] * ((target[i] * (1f - _labelSmoothing)) + (_labelSmoothing / target.Length));
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

    private void RequireWeights(ReadOnlySpan<float> prediction)
    {
        if (_alpha.Length != 1 && _alpha.Length != prediction.Length)
        {
            throw new ArgumentException(
                $"{Name} has {_alpha.Length} weights in alpha, but got {prediction.Length} predicted values.", nameof(prediction));
        }
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

    // −(1 − q)^γ·ln q and its derivative.
    private float Term(float q, out float slope)
    {
        float clipped = Probability.Clip(q);
        float logarithm = MathF.Log(clipped);
        float factor = MathF.Pow(1f - clipped, _gamma);
        slope = Probability.IsClipped(q)
            ? 0f
            : (Probability.PowerSlope(1f - q, _gamma) * logarithm) - (factor / q);
        return -factor * logarithm;
    }
}
