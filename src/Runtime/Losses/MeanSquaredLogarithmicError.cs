using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Mean squared logarithmic error, <c>L = (1/n)·Σᵢ (ln(p′ᵢ + 1) − ln(y′ᵢ + 1))²</c> with <c>v′ = max(v, 1e-7)</c>.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. The derivative is 0 where p is below 1e-7. Definition:
/// <c>keras.losses.MeanSquaredLogarithmicError</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new MeanSquaredLogarithmicError());</code></example>
public sealed class MeanSquaredLogarithmicError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_logarithmic_error";

    /// <inheritdoc/>
    protected override float Term(float prediction, float target, out float derivative)
    {
        // In double: the logarithms of close values cancel.
        double p = Math.Max(prediction, Probability.Epsilon);
        double error = Math.Log(p + 1) - Math.Log(Math.Max(target, Probability.Epsilon) + 1.0);
        derivative = prediction < Probability.Epsilon ? 0f : (float)(2 * error / (p + 1));
        return (float)(error * error);
    }
}
