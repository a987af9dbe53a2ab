namespace Unroll.Shift;

/// <summary>The singular value decomposition A = U·S·Vᵀ of a small square matrix, by one-sided Jacobi rotations.</summary>
/// <remarks>Pairs of columns are rotated until all are orthogonal: then they are U·S, and the rotations are V. Source: Hestenes, "Inversion of
/// matrices by biorthogonalization and related results", 1958.</remarks>
internal sealed class SingularValues
{
    private const int MaxSweeps = 60;

    private readonly double[][] _columns;
    private readonly double[][] _rotations;

    /// <param name="columns">The columns of the matrix; they are overwritten.</param>
    public SingularValues(double[][] columns)
    {
        int size = columns.Length;
        _columns = columns;
        _rotations = [.. Enumerable.Range(0, size).Select(k =>
        {
            double[] unit = new double[size];
            unit[k] = 1;
            return unit;
        })];
        bool isRotated = true;
        for (int sweep = 0; sweep < MaxSweeps && isRotated; sweep++)
        {
            isRotated = false;
            for (int i = 0; i < size; i++)
            {
                for (int j = i + 1; j < size; j++)
                {
                    isRotated |= Orthogonalize(i, j);
                }
            }
        }

        Values = Array.ConvertAll(_columns, static column => Math.Sqrt(Dot(column, column)));
        SmallestAt = Array.IndexOf(Values, Values.Min());
    }

    /// <summary>The singular values, in no order.</summary>
    public double[] Values { get; }

    /// <summary>The place of the smallest.</summary>
    public int SmallestAt { get; }

    /// <summary>The combination of columns that the matrix shrinks most.</summary>
    public double[] SmallestDirection => _rotations[SmallestAt];

    /// <summary>x with A·x = y.</summary>
    public double[] Solve(double[] y)
    {
        double[] x = new double[y.Length];
        for (int k = 0; k < y.Length; k++)
        {
            double share = Dot(_columns[k], y) / (Values[k] * Values[k]);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += share * _rotations[k][i];
            }
        }

        return x;
    }

    private bool Orthogonalize(int i, int j)
    {
        double a = Dot(_columns[i], _columns[i]), b = Dot(_columns[j], _columns[j]), c = Dot(_columns[i], _columns[j]);
        if (Math.Abs(c) <= 1e-15 * Math.Sqrt(a * b))
        {
            return false;
        }

        double zeta = (b - a) / (2 * c);
        double t = (zeta >= 0 ? 1 : -1) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        double cosine = 1 / Math.Sqrt(1 + (t * t)), sine = cosine * t;
        Rotate(_columns[i], _columns[j], cosine, sine);
        Rotate(_rotations[i], _rotations[j], cosine, sine);
        return true;
    }

    private static void Rotate(double[] x, double[] y, double cosine, double sine)
    {
        for (int k = 0; k < x.Length; k++)
        {
            (x[k], y[k]) = ((cosine * x[k]) - (sine * y[k]), (sine * x[k]) + (cosine * y[k]));
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
