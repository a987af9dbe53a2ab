using Unroll.Compiled;

namespace Unroll.Running;

/// <summary>Constraints on norms in double precision, for what single precision cannot hold: numbers whose squares overflow, vast limits.</summary>
internal static class WideNorm
{
    private const double Epsilon = 1e-7;

    /// <param name="rule">The constraint.</param>
    /// <param name="values">Rows of columns; a norm runs down a column.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="columns">How many of each row are constrained.</param>
    public static void Constrain(ParameterDescription rule, Span<float> values, int stride, int columns)
    {
        for (int column = 0; column < columns; column++)
        {
            double squares = 0;
            for (int i = column; i < values.Length; i += stride)
            {
                squares += (double)values[i] * values[i];
            }

            double norm = Math.Sqrt(squares);
            double factor = Desired(rule, norm) / (Epsilon + norm);
            for (int i = column; i < values.Length; i += stride)
            {
                values[i] = (float)Math.Clamp(values[i] * factor, float.MinValue, float.MaxValue);
            }
        }
    }

    private static double Desired(ParameterDescription rule, double norm) => rule.Constraint switch
    {
        Constraint.MaxNorm => Math.Min(norm, rule.ConstraintMax),
        Constraint.MinMaxNorm =>
            (rule.ConstraintRate * Math.Min(Math.Max(norm, rule.ConstraintMin), rule.ConstraintMax)) + ((1.0 - rule.ConstraintRate) * norm),
        _ => 1,
    };
}
