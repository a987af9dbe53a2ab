namespace Unroll;

/// <summary>
/// Logarithm of the hyperbolic cosine, <c>L = (1/n)·Σᵢ ln cosh(pᵢ − yᵢ)</c>: half the squared error near 0, the absolute error less
/// ln 2 far away.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. Computed as <c>|e| + ln(1 + e^−2|e|) − ln 2</c>; the derivative is <c>tanh(e)/n</c>. Definition:
/// <c>keras.losses.LogCosh</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new LogCosh());</code></example>
public sealed class LogCosh : ElementwiseLoss
{
    private const double LogTwo = 0.69314718055994530942;

    /// <inheritdoc/>
    public override string Name => "log_cosh";

    /// <inheritdoc/>
    protected override float Term(float prediction, float target, out float derivative)
    {
        // In double: near 0 the three terms cancel.
        double error = Math.Abs((double)prediction - target);
        derivative = MathF.Tanh(prediction - target);
        return (float)(error + Math.Log(1 + Math.Exp(-2 * error)) - LogTwo);
    }
}
