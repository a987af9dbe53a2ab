using Unroll.Arguments;

namespace Unroll;

/// <summary>
/// Huber loss (Huber, 1964), the mean over a vector of <c>½·e²</c> where <c>|e| ≤ δ</c> and <c>δ·|e| − ½·δ²</c> beyond, with
/// <c>e = p − y</c>.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. The derivative is e, kept within ±δ, over n. Definition: <c>keras.losses.Huber</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new Huber(delta: 2f));</code></example>
public sealed class Huber : ElementwiseLoss
{
    private readonly float _delta;

    /// <summary>Chooses where the square ends.</summary>
    /// <param name="delta">δ, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive and finite.</exception>
    public Huber(float delta = 1f)
    {
        _delta = Require.Positive(delta);
    }

    /// <inheritdoc/>
    public override string Name => "huber";

    /// <inheritdoc/>
    protected override float Term(float prediction, float target, out float derivative)
    {
        float error = prediction - target;
        if (MathF.Abs(error) > _delta)
        {
            derivative = error > 0f ? _delta : -_delta;
            return (_delta * MathF.Abs(error)) - (0.5f * _delta * _delta);
        }

        derivative = error;
        return 0.5f * error * error;
    }
}
