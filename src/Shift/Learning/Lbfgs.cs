namespace Unroll.Shift;

/// <summary>Minimizes a smooth convex function by the limited-memory method of Broyden, Fletcher, Goldfarb and Shanno.</summary>
/// <remarks>
/// The last <see cref="Memory"/> steps and changes of the gradient stand for the Hessian; steps are halved until the function falls by
/// enough (Armijo). Source: Nocedal and Wright, "Numerical Optimization", 2006, algorithms 7.4 and 7.5.
/// </remarks>
internal sealed class Lbfgs
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;

    private readonly List<(double[] Step, double[] Change, double Inverse)> _pairs = [];

    /// <summary>The function: its value, and its gradient into the second argument.</summary>
    public delegate double Objective(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Moves <paramref name="x"/> to a point where the largest entry of the gradient is at most the tolerance.</summary>
    public static void Minimize(Objective function, double[] x, double tolerance, int maxSteps) =>
        new Lbfgs().Run(function, x, tolerance, maxSteps);

    private void Run(Objective function, double[] x, double tolerance, int maxSteps)
    {
        double[] gradient = new double[x.Length];
        double value = function(x, gradient);
        for (int step = 0; step < maxSteps && Largest(gradient) > tolerance; step++)
        {
            double[] direction = Direction(gradient);
            double slope = Dot(direction, gradient);
            double length = _pairs.Count > 0 ? 1 : 1 / Math.Max(1, Math.Sqrt(-slope));
            double[] next = new double[x.Length];
            double[] nextGradient = new double[x.Length];
            double nextValue;
            while (true)
            {
                for (int i = 0; i < x.Length; i++)
                {
                    next[i] = x[i] + (length * direction[i]);
                }

                nextValue = function(next, nextGradient);
                if (nextValue <= value + (SufficientDecrease * length * slope))
                {
                    break;
                }

                length /= 2;
                if (length < 1e-10)
                {
                    // As far as the precision of the function goes.
                    return;
                }
            }

            Remember(x, gradient, next, nextGradient);
            next.CopyTo(x, 0);
            gradient = nextGradient;
            value = nextValue;
        }
    }

    /// <summary>−H·gradient by the two loops over the remembered pairs.</summary>
    private double[] Direction(double[] gradient)
    {
        double[] direction = new double[gradient.Length];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = -gradient[i];
        }

        Span<double> shares = stackalloc double[Memory];
        for (int p = _pairs.Count - 1; p >= 0; p--)
        {
            shares[p] = _pairs[p].Inverse * Dot(_pairs[p].Step, direction);
            Add(direction, -shares[p], _pairs[p].Change);
        }

        if (_pairs.Count > 0)
        {
            double[] change = _pairs[^1].Change;
            double scale = 1 / (_pairs[^1].Inverse * Dot(change, change));
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (int p = 0; p < _pairs.Count; p++)
        {
            double share = _pairs[p].Inverse * Dot(_pairs[p].Change, direction);
            Add(direction, shares[p] - share, _pairs[p].Step);
        }

        return direction;
    }

    private void Remember(double[] x, double[] gradient, double[] next, double[] nextGradient)
    {
        double[] step = new double[x.Length];
        double[] change = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            step[i] = next[i] - x[i];
            change[i] = nextGradient[i] - gradient[i];
        }

        double curvature = Dot(step, change);
        if (curvature > 1e-12 * Dot(change, change))
        {
            if (_pairs.Count == Memory)
            {
                _pairs.RemoveAt(0);
            }

            _pairs.Add((step, change, 1 / curvature));
        }
    }

    private static void Add(double[] x, double factor, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += factor * y[i];
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

    private static double Largest(double[] x)
    {
        double largest = 0;
        foreach (double value in x)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
