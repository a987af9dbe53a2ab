using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>One layer of the reference, forward and backward over a whole batch by plain loops.</summary>
internal abstract class ReferenceLayer
{
    /// <summary>The layer's parameters and, after <see cref="Backward"/>, their gradients.</summary>
    public virtual IEnumerable<ReferenceParameter> Parameters => [];

    /// <summary>What the layer adds to the loss for its latest input.</summary>
    public virtual double Penalty => 0;

    /// <summary>How much larger the terms of the latest output were than what their difference left: relative errors grow by that.</summary>
    public virtual double ForwardCancellation => 1;

    /// <summary>The same of the latest gradient.</summary>
    public virtual double BackwardCancellation => 1;

    public abstract double[] Forward(double[] x);

    /// <summary>From the gradient of the latest output to that of its input.</summary>
    public abstract double[] Backward(double[] dy);

    protected static double Ratio(double terms, double[] result) =>
        result.Max(Math.Abs) is var left && left > 0 ? Math.Max(1, terms / left) : 1;
}

internal sealed record ReferenceParameter(string Name, double[] Values, double[] Gradient, double L1, double L2)
{
    private double _largestTerm;

    /// <summary>How much relative errors grow on the way to this gradient.</summary>
    public double Cancellation { get; set; } = 1;

    /// <summary>The size errors of the gradient are measured against: sums cancel too, entirely where a normalization follows a bias.</summary>
    public double Scale => Math.Max(_largestTerm, Gradient.Max(Math.Abs)) * Cancellation;

    public double Penalty => Values.Sum(value => (L1 * Math.Abs(value)) + (L2 * value * value));

    public void Clear()
    {
        Array.Clear(Gradient);
        _largestTerm = 0;
    }

    public void Add(int i, double term) => Add(i, term, Math.Abs(term));

    /// <param name="i">Where to add.</param>
    /// <param name="term">What is added.</param>
    /// <param name="size">Of the numbers whose differences the term is.</param>
    public void Add(int i, double term, double size)
    {
        Gradient[i] += term;
        _largestTerm = Math.Max(_largestTerm, size);
    }

    public double PenaltyGradient(int i) => (L1 * Math.Sign(Values[i])) + (2 * L2 * Values[i]);
}

internal sealed class ReferenceDense(DenseSketch sketch, ReferenceParameter kernel, ReferenceParameter? bias) : ReferenceLayer
{
    private readonly int _inputs = kernel.Values.Length / sketch.Units;
    private readonly int _units = sketch.Units;
    private double[] _x = [];

    public override IEnumerable<ReferenceParameter> Parameters => bias is null ? [kernel] : [kernel, bias];

    public override double[] Forward(double[] x)
    {
        _x = x;
        double[] y = new double[x.Length / _inputs * _units];
        for (int vector = 0; vector < y.Length / _units; vector++)
        {
            for (int unit = 0; unit < _units; unit++)
            {
                double sum = bias?.Values[unit] ?? 0;
                for (int input = 0; input < _inputs; input++)
                {
                    sum += x[(vector * _inputs) + input] * kernel.Values[(input * _units) + unit];
                }

                y[(vector * _units) + unit] = sum;
            }
        }

        return y;
    }

    public override double[] Backward(double[] dy)
    {
        kernel.Clear();
        bias?.Clear();
        double[] dx = new double[_x.Length];
        for (int vector = 0; vector < dy.Length / _units; vector++)
        {
            for (int unit = 0; unit < _units; unit++)
            {
                double slope = dy[(vector * _units) + unit];
                bias?.Add(unit, slope);
                for (int input = 0; input < _inputs; input++)
                {
                    kernel.Add((input * _units) + unit, slope * _x[(vector * _inputs) + input]);
                    dx[(vector * _inputs) + input] += slope * kernel.Values[(input * _units) + unit];
                }
            }
        }

        return dx;
    }
}

internal sealed class ReferenceActivation(Activation activation, double coefficient) : ReferenceLayer
{
    private double[] _x = [];

    public override double[] Forward(double[] x)
    {
        _x = x;
        return [.. x.Select(value => Functions.Value(activation, value, coefficient))];
    }

    public override double[] Backward(double[] dy) => [.. dy.Zip(_x, (slope, x) => slope * Functions.Derivative(activation, x, coefficient))];
}

internal sealed class ReferenceSoftmax(int columns) : ReferenceLayer
{
    private double[] _y = [];

    public override double[] Forward(double[] x)
    {
        _y = new double[x.Length];
        for (int first = 0; first < x.Length; first += columns)
        {
            double largest = x[first..(first + columns)].Max();
            double sum = x[first..(first + columns)].Sum(value => Math.Exp(value - largest));
            for (int i = first; i < first + columns; i++)
            {
                _y[i] = Math.Exp(x[i] - largest) / sum;
            }
        }

        return _y;
    }

    // ∂y_j/∂x_i = y_j·(δ_ij − y_i), summed as it stands.
    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[dy.Length];
        for (int first = 0; first < dy.Length; first += columns)
        {
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    dx[first + i] += dy[first + j] * _y[first + j] * ((i == j ? 1 : 0) - _y[first + i]);
                }
            }
        }

        return dx;
    }
}

/// <summary>y = x − ln Σ e^x, by the softmax it is the logarithm of.</summary>
internal sealed class ReferenceLogSoftmax(int columns) : ReferenceLayer
{
    private readonly ReferenceSoftmax _softmax = new(columns);
    private double[] _p = [];

    public override double[] Forward(double[] x)
    {
        _p = _softmax.Forward(x);
        double[] y = new double[x.Length];
        for (int first = 0; first < x.Length; first += columns)
        {
            double[] row = x[first..(first + columns)];
            double total = row.Max() + Math.Log(row.Sum(value => Math.Exp(value - row.Max())));
            for (int i = first; i < first + columns; i++)
            {
                y[i] = x[i] - total;
            }
        }

        return y;
    }

    // ∂ln p/∂p = 1/p, then softmax's own rule.
    public override double[] Backward(double[] dy) => _softmax.Backward([.. dy.Zip(_p, static (slope, p) => slope / p)]);
}

/// <summary>Also Flatten: rows stay as they are.</summary>
internal sealed class ReferenceIdentity : ReferenceLayer
{
    public override double[] Forward(double[] x) => x;

    public override double[] Backward(double[] dy) => dy;
}
