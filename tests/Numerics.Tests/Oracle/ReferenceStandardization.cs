namespace Unroll.Numerics.Tests.Oracle;

/// <summary>Which elements share a mean and a variance: from the number of elements to lists of their positions.</summary>
internal delegate IEnumerable<int[]> Grouping(int count);

internal static class Groups
{
    /// <summary>All elements of one unit: batch normalization.</summary>
    public static Grouping OfColumns(int units) => count =>
        Enumerable.Range(0, units).Select(unit => Enumerable.Range(0, count / units).Select(vector => (vector * units) + unit).ToArray());

    /// <summary>All units of one vector: layer normalization.</summary>
    public static Grouping OfRows(int units) => count =>
        Enumerable.Range(0, count / units).Select(vector => Enumerable.Range(vector * units, units).ToArray());
}

/// <summary>gamma·(x − mean)/√(variance + ε) + beta with the statistics of each group; gamma and beta are one a unit.</summary>
internal sealed class ReferenceStandardization(Grouping groups, double epsilon, ReferenceParameter? gamma, ReferenceParameter? beta) : ReferenceLayer
{
    private double[] _standardized = [];
    private double[] _factors = [];
    private double _largestTerm;
    private double _forward;
    private double _backward;

    public override IEnumerable<ReferenceParameter> Parameters => new[] { gamma, beta }.OfType<ReferenceParameter>();

    public override double ForwardCancellation => _forward;

    public override double BackwardCancellation => _backward;

    /// <summary>The statistics of each group.</summary>
    public double[] Means { get; private set; } = [];

    public double[] Variances { get; private set; } = [];

    public override double[] Forward(double[] x)
    {
        _standardized = new double[x.Length];
        var moments = groups(x.Length).Select(group => (Group: group, Mean: group.Average(i => x[i]))).ToArray();
        Means = [.. moments.Select(static part => part.Mean)];
        Variances = [.. moments.Select(part => part.Group.Average(i => (x[i] - part.Mean) * (x[i] - part.Mean)))];
        _factors = [.. Variances.Select(variance => 1 / Math.Sqrt(variance + epsilon))];
        _largestTerm = 0;
        for (int g = 0; g < moments.Length; g++)
        {
            foreach (int i in moments[g].Group)
            {
                _standardized[i] = (x[i] - Means[g]) * _factors[g];
                _largestTerm = Math.Max(_largestTerm, Math.Abs(x[i]) * _factors[g]);
            }
        }

        _forward = Ratio(_largestTerm, _standardized);
        return [.. _standardized.Select((value, i) => (value * Of(gamma, i, 1)) + Of(beta, i, 0))];
    }

    public override double[] Backward(double[] dy)
    {
        Accumulate(gamma, i => dy[i] * _standardized[i], dy.Length);
        Accumulate(beta, i => dy[i], dy.Length);
        double[] slope = [.. dy.Select((value, i) => value * Of(gamma, i, 1))];
        double[] dx = new double[dy.Length];
        double largest = 0;
        int g = 0;
        foreach (int[] group in groups(dy.Length))
        {
            double mean = group.Average(i => slope[i]);
            double projection = group.Average(i => slope[i] * _standardized[i]);
            foreach (int i in group)
            {
                dx[i] = (slope[i] - mean - (_standardized[i] * projection)) * _factors[g];
                largest = Math.Max(largest, Math.Abs(slope[i]) * _factors[g]);
            }

            g++;
        }

        _backward = Ratio(largest, dx);
        return dx;
    }

    private static double Of(ReferenceParameter? parameter, int i, double otherwise) => parameter?.Values[i % parameter.Values.Length] ?? otherwise;

    private static void Accumulate(ReferenceParameter? parameter, Func<int, double> term, int count)
    {
        parameter?.Clear();
        for (int i = 0; i < count; i++)
        {
            parameter?.Add(i % parameter.Gradient.Length, term(i));
        }
    }
}

/// <summary>x·scale + shift, one of each a unit or one for all; they may come from parameters, whose penalties count.</summary>
internal sealed class ReferenceAffine(double[] scale, double[] shift, params ReferenceParameter?[] parameters) : ReferenceLayer
{
    private double _forward;

    public override IEnumerable<ReferenceParameter> Parameters => parameters.OfType<ReferenceParameter>();

    public override double ForwardCancellation => _forward;

    public override double[] Forward(double[] x)
    {
        double[] products = [.. x.Select((value, i) => value * scale[i % scale.Length])];
        double[] y = [.. products.Select((value, i) => value + shift[i % shift.Length])];
        _forward = Ratio(products.Concat(shift).Max(Math.Abs), y);
        return y;
    }

    public override double[] Backward(double[] dy) => [.. dy.Select((slope, i) => slope * scale[i % scale.Length])];
}
