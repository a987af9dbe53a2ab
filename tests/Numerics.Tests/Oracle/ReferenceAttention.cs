using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>Self-attention by its definition: one sample, one head, one step after another.</summary>
/// <param name="sketch">The layer.</param>
/// <param name="shape">Of a sample: steps, features.</param>
/// <param name="parameters">Kernel and bias of the query, the key, the value and the output.</param>
/// <param name="noise">What drops shares; null: nothing.</param>
internal sealed class ReferenceAttention(AttentionSketch sketch, int[] shape, ReferenceParameter[][] parameters, NoiseNumbers? noise) : ReferenceLayer
{
    private readonly int _steps = shape[0];
    private readonly int _features = shape[1];
    private readonly int _output = sketch.OutputOf(shape)[1];
    private double[] _x = [];
    private double[][] _projected = [];
    private double[] _shares = [];
    private double[] _mixed = [];

    public override IEnumerable<ReferenceParameter> Parameters => parameters.SelectMany(static part => part);

    private int[] Widths => [sketch.KeyDim, sketch.KeyDim, sketch.ValueWidth];

    public override double[] Forward(double[] x)
    {
        _x = x;
        int samples = x.Length / (_steps * _features);
        _projected = [.. Enumerable.Range(0, 3).Select(part => Product(x, parameters[part], _features, sketch.Heads * Widths[part]))];
        _shares = new double[samples * sketch.Heads * _steps * _steps];
        _mixed = new double[samples * _steps * sketch.Heads * sketch.ValueWidth];
        for (int row = 0; row < samples * sketch.Heads * _steps; row++)
        {
            (int sample, int head, int step) = Place(row);
            int seen = sketch.Causal ? step + 1 : _steps;
            double[] scores = [.. Enumerable.Range(0, seen).Select(other => Score(sample, head, step, other))];
            double largest = scores.Max();
            double total = scores.Sum(score => Math.Exp(score - largest));
            for (int other = 0; other < seen; other++)
            {
                _shares[(row * _steps) + other] = Math.Exp(scores[other] - largest) / total;
                for (int e = 0; e < sketch.ValueWidth; e++)
                {
                    _mixed[At(sample, step, head, e, sketch.ValueWidth)] +=
                        Kept(row, other) * _shares[(row * _steps) + other] * _projected[2][At(sample, other, head, e, sketch.ValueWidth)];
                }
            }
        }

        return Product(_mixed, parameters[3], sketch.Heads * sketch.ValueWidth, _output);
    }

    public override double[] Backward(double[] dy)
    {
        double[] dmixed = ProductGradient(_mixed, dy, dy, parameters[3], sketch.Heads * sketch.ValueWidth, _output);
        double[][] slopes = [.. _projected.Select(static values => new double[values.Length])];

        // What the shares of a row receive is taken from its own mean: only the differences of keys count, and of queries.
        double[][] sizes = [.. _projected.Take(2).Select(static values => new double[values.Length])];
        for (int row = 0; row < _shares.Length / _steps; row++)
        {
            (int sample, int head, int step) = Place(row);
            double[] dshares = new double[_steps];
            for (int other = 0; other < _steps; other++)
            {
                for (int e = 0; e < sketch.ValueWidth; e++)
                {
                    double slope = dmixed[At(sample, step, head, e, sketch.ValueWidth)] * Kept(row, other);
                    int value = At(sample, other, head, e, sketch.ValueWidth);
                    dshares[other] += slope * _projected[2][value];
                    slopes[2][value] += slope * _shares[(row * _steps) + other];
                }
            }

            double mean = Enumerable.Range(0, _steps).Sum(other => dshares[other] * _shares[(row * _steps) + other]);
            for (int other = 0; other < _steps; other++)
            {
                double size = _shares[(row * _steps) + other] * (Math.Abs(dshares[other]) + Math.Abs(mean)) / Math.Sqrt(sketch.KeyDim);
                double dscore = _shares[(row * _steps) + other] * (dshares[other] - mean) / Math.Sqrt(sketch.KeyDim);
                for (int d = 0; d < sketch.KeyDim; d++)
                {
                    int query = At(sample, step, head, d, sketch.KeyDim);
                    int key = At(sample, other, head, d, sketch.KeyDim);
                    slopes[0][query] += dscore * _projected[1][key];
                    slopes[1][key] += dscore * _projected[0][query];
                    sizes[0][query] += size * Math.Abs(_projected[1][key]);
                    sizes[1][key] += size * Math.Abs(_projected[0][query]);
                }
            }
        }

        double[] dx = new double[_x.Length];
        for (int part = 0; part < 3; part++)
        {
            double[] own = ProductGradient(_x, slopes[part], part < 2 ? sizes[part] : slopes[part], parameters[part], _features, sketch.Heads * Widths[part]);
            dx = [.. dx.Zip(own, static (sum, slope) => sum + slope)];
        }

        return dx;
    }

    private double Score(int sample, int head, int step, int other) => Enumerable.Range(0, sketch.KeyDim).Sum(d =>
        _projected[0][At(sample, step, head, d, sketch.KeyDim)] * _projected[1][At(sample, other, head, d, sketch.KeyDim)]) / Math.Sqrt(sketch.KeyDim);

    private double Kept(int row, int other) =>
        noise is null ? 1 : noise.Keeps((row * _steps) + other, sketch.Dropout) ? 1 / (1 - (double)sketch.Dropout) : 0;

    private (int Sample, int Head, int Step) Place(int row) => (row / _steps / sketch.Heads, row / _steps % sketch.Heads, row % _steps);

    private int At(int sample, int step, int head, int column, int width) => (((((sample * _steps) + step) * sketch.Heads) + head) * width) + column;

    private static double[] Product(double[] x, ReferenceParameter[] part, int inputs, int units)
    {
        double[] y = new double[x.Length / inputs * units];
        for (int i = 0; i < y.Length; i++)
        {
            (int vector, int unit) = Math.DivRem(i, units);
            y[i] = part.Length == 1 ? 0 : part[1].Values[unit];
            for (int k = 0; k < inputs; k++)
            {
                y[i] += x[(vector * inputs) + k] * part[0].Values[(k * units) + unit];
            }
        }

        return y;
    }

    private static double[] ProductGradient(double[] x, double[] dy, double[] sizes, ReferenceParameter[] part, int inputs, int units)
    {
        double[] dx = new double[x.Length];
        foreach (ReferenceParameter parameter in part)
        {
            parameter.Clear();
        }

        for (int i = 0; i < dy.Length; i++)
        {
            (int vector, int unit) = Math.DivRem(i, units);
            for (int k = 0; k < inputs; k++)
            {
                part[0].Add((k * units) + unit, x[(vector * inputs) + k] * dy[i], Math.Abs(x[(vector * inputs) + k] * sizes[i]));
                dx[(vector * inputs) + k] += dy[i] * part[0].Values[(k * units) + unit];
            }

            if (part.Length > 1)
            {
                part[1].Add(unit, dy[i], Math.Abs(sizes[i]));
            }
        }

        return dx;
    }
}
