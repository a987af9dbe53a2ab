using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Mean absolute percentage error, <c>L = (100/n)·Σᵢ |pᵢ − yᵢ|/max(|yᵢ|, 1e-7)</c> over a vector of n values.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. The derivative is <c>±100/(n·max(|y|, 1e-7))</c>, 0 where p = y. Definition:
/// <c>keras.losses.MeanAbsolutePercentageError</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new MeanAbsolutePercentageError());</code></example>
public sealed class MeanAbsolutePercentageError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_absolute_percentage_error";

    /// <inheritdoc/>
    protected override float Term(float prediction, float target, out float derivative)
    {
        float error = prediction - target;
        float scale = 100f / MathF.Max(MathF.Abs(target), Probability.Epsilon);
        derivative = error > 0f ? scale : error < 0f ? -scale : error;
        return scale * MathF.Abs(error);
    }
}
