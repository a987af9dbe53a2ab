using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Poisson loss, <c>L = (1/n)·Σᵢ (pᵢ − yᵢ·ln(pᵢ + 1e-7))</c>: the negative log-likelihood of counts y under rates p, without the term
/// that does not depend on p.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. The prediction must not be negative (use an exponential or softplus head): the logarithm would be
/// NaN. The derivative is <c>(1 − y/(p + 1e-7))/n</c>. Definition: <c>keras.losses.Poisson</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new Poisson());</code></example>
public sealed class Poisson : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "poisson";

    /// <inheritdoc/>
    protected override float Term(float prediction, float target, out float derivative)
    {
        float rate = prediction + Probability.Epsilon;
        derivative = 1f - (target / rate);
        return prediction - (target * MathF.Log(rate));
    }
}
