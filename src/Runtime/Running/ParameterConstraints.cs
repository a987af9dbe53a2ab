using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Running;

/// <summary>Brings constrained parameters back after an update, by the definitions of <see cref="Constraint"/>.</summary>
/// <remarks>Finite parameters stay finite: where single precision cannot hold a norm or a factor, <see cref="WideNorm"/> does the column.</remarks>
internal sealed class ParameterConstraints
{
    private const int Width = Panels.Width;
    private const float Epsilon = 1e-7f;

    private readonly ParameterDescription[] _constrained;

    public ParameterConstraints(NetworkDescription network)
    {
        _constrained = [.. network.Parameters.Where(static parameter => parameter.Constraint != Constraint.None)];
    }

    // Padding is zero, and zero times any factor stays zero.
    [MethodImpl(FirstCall.Optimized)]
    public void Apply(Span<float> parameters)
    {
        foreach (ParameterDescription parameter in _constrained)
        {
            (int first, int length) = ParameterRuns.Of(parameter);
            Span<float> values = parameters.Slice(first, length);
            if (parameter.Constraint == Constraint.NonNeg)
            {
                RemoveNegative(values);
            }
            else if (parameter.Shape.Count == 1)
            {
                ConstrainVector(parameter, values);
            }
            else if (parameter.Columns > parameter.Shape[^1] && LogicalShape.SizeOf(parameter.Shape) == parameter.Columns)
            {
                // All axes lie in one vector, those of the first one behind each other.
                int columns = parameter.Columns / parameter.Shape[0];
                WideNorm.Constrain(parameter, values[..parameter.Columns], columns, columns);
            }
            else
            {
                ConstrainRows(parameter, values);
            }
        }
    }

    private static void RemoveNegative(Span<float> values)
    {
        foreach (ref Vector128<float> vector in MemoryMarshal.Cast<float, Vector128<float>>(values))
        {
            vector = Vector128.Max(vector, Vector128<float>.Zero);
        }
    }

    // A norm runs over the first axis: over the rows of a panel, a window's further axes apart, or over the parts of what lies as vectors.
    private static void ConstrainRows(ParameterDescription rule, Span<float> values)
    {
        int count = rule.Shape[0];
        int inner = LogicalShape.SizeOf(rule.Shape) / rule.Columns / count;
        int stride = rule.Arrangement == ParameterArrangement.Panels ? inner * Width : values.Length / count;
        for (int start = 0; start < values.Length; start += count * stride)
        {
            Span<float> rows = values.Slice(start, count * stride);
            for (int column = 0; column < stride; column += Width)
            {
                ConstrainColumns(rule, rows[column..], stride);
            }
        }
    }

    /// <summary>Sixteen columns, one a lane.</summary>
    private static void ConstrainColumns(ParameterDescription rule, Span<float> values, int stride)
    {
        Span<Vector128<float>> rows = MemoryMarshal.Cast<float, Vector128<float>>(values);
        int step = stride / Vector128<float>.Count;
        Vector128<float> a = default, b = default, c = default, d = default;
        for (int i = 0; i < rows.Length; i += step)
        {
            a += rows[i] * rows[i];
            b += rows[i + 1] * rows[i + 1];
            c += rows[i + 2] * rows[i + 2];
            d += rows[i + 3] * rows[i + 3];
        }

        bool isOrdinary = Factors(rule, ref a) & Factors(rule, ref b) & Factors(rule, ref c) & Factors(rule, ref d);
        if (!isOrdinary)
        {
            WideNorm.Constrain(rule, values, stride, Width);
            return;
        }

        for (int i = 0; i < rows.Length; i += step)
        {
            rows[i] *= a;
            rows[i + 1] *= b;
            rows[i + 2] *= c;
            rows[i + 3] *= d;
        }
    }

    private static void ConstrainVector(ParameterDescription rule, Span<float> vector)
    {
        float square = 0f;
        foreach (float value in vector)
        {
            square += value * value;
        }

        Vector128<float> factors = Vector128.Create(square);
        if (!Factors(rule, ref factors))
        {
            WideNorm.Constrain(rule, vector, stride: 1, columns: 1);
            return;
        }

        float factor = factors.ToScalar();
        foreach (ref float value in vector)
        {
            value *= factor;
        }
    }

    /// <summary>Turns sums of squares into factors; false where those, or a number times one, are not finite.</summary>
    private static bool Factors(ParameterDescription rule, ref Vector128<float> squares)
    {
        Vector128<float> norms = Vector128.Sqrt(squares);
        Vector128<float> desired = rule.Constraint switch
        {
            Constraint.MaxNorm => Vector128.Min(norms, Vector128.Create(rule.ConstraintMax)),
            Constraint.MinMaxNorm => (rule.ConstraintRate * Clip(rule, norms)) + ((1f - rule.ConstraintRate) * norms),
            _ => Vector128<float>.One,
        };
        squares = desired / (Vector128.Create(Epsilon) + norms);
        Vector128<float> most = squares * (norms + Vector128<float>.One) * 2f;
        return Vector128.LessThanAll(most, Vector128.Create(float.PositiveInfinity)) & Vector128.LessThanAll(norms, Vector128.Create(float.PositiveInfinity));
    }

    private static Vector128<float> Clip(ParameterDescription rule, Vector128<float> norms) =>
        Vector128.Min(Vector128.Max(norms, Vector128.Create(rule.ConstraintMin)), Vector128.Create(rule.ConstraintMax));
}
