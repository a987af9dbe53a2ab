using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compiled;

namespace Unroll;

/// <summary>Brings constrained parameters back after an update, by the definitions of <see cref="Constraint"/>.</summary>
internal sealed class ParameterConstraints
{
    private const int Width = 16;
    private const float Epsilon = 1e-7f;

    private readonly ParameterDescription[] _constrained;

    public ParameterConstraints(NetworkDescription network)
    {
        _constrained = [.. network.Parameters.Where(static parameter => parameter.Constraint != Constraint.None)];
    }

    // Padding is zero, and zero times any factor stays zero.
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

    // A norm runs over the first axis: over the rows of a panel, or over the parts of what lies as vectors.
    private static void ConstrainRows(ParameterDescription rule, Span<float> values)
    {
        int count = rule.Shape[0];
        int stride = rule.Arrangement == ParameterArrangement.Panels ? Width : values.Length / count;
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

        a = Factors(rule, a);
        b = Factors(rule, b);
        c = Factors(rule, c);
        d = Factors(rule, d);
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

        float factor = Factors(rule, Vector128.Create(square)).ToScalar();
        foreach (ref float value in vector)
        {
            value *= factor;
        }
    }

    private static Vector128<float> Factors(ParameterDescription rule, Vector128<float> squares)
    {
        Vector128<float> norms = Vector128.Sqrt(squares);
        Vector128<float> desired = rule.Constraint switch
        {
            Constraint.MaxNorm => Vector128.Min(norms, Vector128.Create(rule.ConstraintMax)),
            Constraint.MinMaxNorm => (rule.ConstraintRate * Clip(rule, norms)) + ((1f - rule.ConstraintRate) * norms),
            _ => Vector128<float>.One,
        };
        return desired / (Vector128.Create(Epsilon) + norms);
    }

    private static Vector128<float> Clip(ParameterDescription rule, Vector128<float> norms) =>
        Vector128.Min(Vector128.Max(norms, Vector128.Create(rule.ConstraintMin)), Vector128.Create(rule.ConstraintMax));
}
