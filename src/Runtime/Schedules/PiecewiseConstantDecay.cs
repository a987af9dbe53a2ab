using Unroll.Arguments;

namespace Unroll;

/// <summary>
/// The first value up to and including the first boundary, the second up to and including the second, ..., the last beyond the last.
/// </summary>
/// <remarks>Definition: <c>keras.optimizers.schedules.PiecewiseConstantDecay</c> (Keras 3).</remarks>
/// <example><code>var schedule = new PiecewiseConstantDecay([1000, 2000], [0.1f, 0.01f, 0.001f]);</code></example>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    private readonly long[] _boundaries;
    private readonly float[] _values;

    /// <summary>Takes the steps at which the rate changes and the rates.</summary>
    /// <param name="boundaries">The last step of each value but the last, strictly rising.</param>
    /// <param name="values">The rates, one more than the boundaries, none negative.</param>
    /// <exception cref="ArgumentException">The numbers of boundaries and values do not match, or the boundaries do not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative, infinite or NaN.</exception>
    public PiecewiseConstantDecay(ReadOnlySpan<long> boundaries, ReadOnlySpan<float> values)
    {
        if (values.Length != boundaries.Length + 1)
        {
            throw new ArgumentException(
                $"{boundaries.Length} boundaries need {boundaries.Length + 1} values, but there are {values.Length}.", nameof(values));
        }

        for (int i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= boundaries[i - 1])
            {
                throw new ArgumentException(
                    $"The boundaries must rise, but {boundaries[i]} follows {boundaries[i - 1]}.", nameof(boundaries));
            }
        }

        foreach (float value in values)
        {
            Require.NotNegative(value, nameof(values));
        }

        _boundaries = boundaries.ToArray();
        _values = values.ToArray();
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        int index = 0;
        while (index < _boundaries.Length && step > _boundaries[index])
        {
            index++;
        }

        return _values[index];
    }
}
