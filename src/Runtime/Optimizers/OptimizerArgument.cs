using System.Runtime.CompilerServices;

namespace Unroll.Optimizers;

/// <summary>The ranges optimizer settings must keep to.</summary>
internal static class OptimizerArgument
{
    public static float Positive(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        float.IsFinite(value) && value > 0f ? value : throw Error(value, name, "positive and finite");

    public static float NotNegative(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        float.IsFinite(value) && value >= 0f ? value : throw Error(value, name, "finite and not negative");

    public static float NotPositive(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        float.IsFinite(value) && value <= 0f ? value : throw Error(value, name, "finite and not positive");

    /// <summary>A decay rate of a moving average: in [0, 1).</summary>
    public static float Rate(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0f and < 1f ? value : throw Error(value, name, "in [0, 1)");

    public static float UnitInterval(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0f and <= 1f ? value : throw Error(value, name, "in [0, 1]");

    /// <summary>A limit of gradients, of which an optimizer has one.</summary>
    public static float? Clipping(float? value, string name, float? other)
    {
        if (value is { } limit)
        {
            Positive(limit, name);
            if (other is not null)
            {
                throw new ArgumentException(
                    $"Only one of ClipNorm, GlobalClipNorm and ClipValue may be set; {name} = {limit} would be the second.", name);
            }
        }

        return value;
    }

    /// <summary>
    /// The decimal fraction the user wrote, 0.999 and not the float nearest to it: 1 − 0.999f is 5e-5 off, and Keras computes 1 − β in
    /// double precision.
    /// </summary>
    public static double AsWritten(float rate) => (double)(decimal)rate;

    private static ArgumentOutOfRangeException Error(float value, string name, string range) =>
        new(name, value, $"{name} must be {range}.");
}
