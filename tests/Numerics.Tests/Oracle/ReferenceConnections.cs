using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>x + body(x).</summary>
internal sealed class ReferenceResidual(List<ReferenceLayer> body) : ReferenceLayer
{
    public override IEnumerable<ReferenceParameter> Parameters => body.SelectMany(static layer => layer.Parameters);

    public override double Penalty => body.Sum(static layer => layer.Penalty);

    public override double ForwardCancellation => body.Aggregate(1.0, static (product, layer) => product * layer.ForwardCancellation);

    public override double BackwardCancellation => body.Aggregate(1.0, static (product, layer) => product * layer.BackwardCancellation);

    public override double[] Forward(double[] x) => Sum(x, body.Aggregate(x, static (value, layer) => layer.Forward(value)));

    public override double[] Backward(double[] dy) => Sum(dy, body.AsEnumerable().Reverse().Aggregate(dy, static (slope, layer) => layer.Backward(slope)));

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, static (x, y) => x + y)];
}

/// <summary>Passes x on and adds (l1·Σ|x| + l2·Σx²)/samples to the loss.</summary>
internal sealed class ReferenceActivityRegularization(ActivityRegularizationSketch sketch, int size) : ReferenceLayer
{
    private double[] _x = [];

    public override double Penalty => _x.Sum(value => (sketch.L1 * Math.Abs(value)) + ((double)sketch.L2 * value * value)) / (_x.Length / size);

    public override double[] Forward(double[] x) => _x = x;

    public override double[] Backward(double[] dy) => [.. dy.Zip(_x, (slope, value) =>
        slope + (((sketch.L1 * Math.Sign(value)) + (2.0 * sketch.L2 * value)) / (_x.Length / size)))];
}

internal sealed class ReferencePRelu(ReferenceParameter slopes) : ReferenceLayer
{
    private double[] _x = [];

    public override IEnumerable<ReferenceParameter> Parameters => [slopes];

    public override double[] Forward(double[] x)
    {
        _x = x;
        return [.. x.Select((value, i) => value > 0 ? value : value * slopes.Values[i % slopes.Values.Length])];
    }

    public override double[] Backward(double[] dy)
    {
        slopes.Clear();
        for (int i = 0; i < dy.Length; i++)
        {
            slopes.Add(i % slopes.Gradient.Length, dy[i] * Math.Min(_x[i], 0));
        }

        return [.. dy.Select((slope, i) => _x[i] > 0 ? slope : slope * slopes.Values[i % slopes.Values.Length])];
    }
}

internal sealed class ReferencePermute(int[] input, PermuteSketch sketch) : ReferenceLayer
{
    private readonly int[] _source = SourceOf(input, sketch);

    public override double[] Forward(double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => x[(i / _source.Length * _source.Length) + _source[i % _source.Length]])];

    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[dy.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            dx[(i / _source.Length * _source.Length) + _source[i % _source.Length]] = dy[i];
        }

        return dx;
    }

    // Each element of the output by its indices, looked up at the same indices in the input's order.
    private static int[] SourceOf(int[] input, PermuteSketch sketch)
    {
        int[] output = sketch.OutputOf(input);
        int[] source = new int[Blueprint.Size(input)];
        for (int i = 0; i < source.Length; i++)
        {
            int[] index = new int[input.Length];
            for (int axis = output.Length - 1, rest = i; axis >= 0; rest /= output[axis], axis--)
            {
                index[sketch.Axes[axis] - 1] = rest % output[axis];
            }

            source[i] = index.Select((value, axis) => value * Blueprint.Size(input[(axis + 1)..])).Sum();
        }

        return source;
    }
}

internal sealed class ReferenceRepeat(int columns, int count) : ReferenceLayer
{
    public override double[] Forward(double[] x) =>
        [.. Enumerable.Range(0, x.Length * count).Select(i => x[(i / (columns * count) * columns) + (i % columns)])];

    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[dy.Length / count];
        for (int i = 0; i < dy.Length; i++)
        {
            dx[(i / (columns * count) * columns) + (i % columns)] += dy[i];
        }

        return dx;
    }
}
