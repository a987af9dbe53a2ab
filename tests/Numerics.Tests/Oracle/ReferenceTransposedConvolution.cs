using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>Each pixel of x adds its values times the kernel to a window of y; what falls outside is lost.</summary>
internal sealed class ReferenceTransposedConvolution(
    int[] input, TransposedSketch sketch, ReferenceParameter kernel, ReferenceParameter? bias) : ReferenceLayer
{
    private readonly int _channels = input[^1];
    private readonly int[] _output = sketch.OutputOf(input);
    private double[] _x = [];

    public override IEnumerable<ReferenceParameter> Parameters => bias is null ? [kernel] : [kernel, bias];

    public override double[] Forward(double[] x)
    {
        _x = x;
        double[] y = new double[x.Length / Blueprint.Size(input) * Blueprint.Size(_output)];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = bias?.Values[i % sketch.Filters] ?? 0;
        }

        foreach ((int source, int target, int weight) in Terms(x.Length))
        {
            y[target] += x[source] * kernel.Values[weight];
        }

        return y;
    }

    public override double[] Backward(double[] dy)
    {
        kernel.Clear();
        bias?.Clear();
        for (int i = 0; i < dy.Length; i++)
        {
            bias?.Add(i % sketch.Filters, dy[i]);
        }

        double[] dx = new double[_x.Length];
        foreach ((int source, int target, int weight) in Terms(_x.Length))
        {
            kernel.Add(weight, _x[source] * dy[target]);
            dx[source] += dy[target] * kernel.Values[weight];
        }

        return dx;
    }

    private IEnumerable<(int Source, int Target, int Weight)> Terms(int values)
    {
        bool isImage = sketch.Size.Length == 2;
        (int width, int wide) = isImage ? (input[1], _output[1]) : (1, 1);
        int taps = isImage ? sketch.Size[1] : 1;
        for (int source = 0; source < values; source++)
        {
            int channel = source % _channels;
            int pixel = source / _channels % Blueprint.Size(input[..^1]);
            int sample = source / Blueprint.Size(input);
            for (int tap = 0; tap < sketch.Window.Taps; tap++)
            {
                int row = At(0, pixel / width, tap / taps);
                int column = isImage ? At(1, pixel % width, tap % taps) : 0;
                if (row < 0 || row >= _output[0] || column < 0 || column >= wide)
                {
                    continue;
                }

                for (int filter = 0; filter < sketch.Filters; filter++)
                {
                    int target = (((((sample * _output[0]) + row) * wide) + column) * sketch.Filters) + filter;
                    yield return (source, target, (((tap * sketch.Filters) + filter) * _channels) + channel);
                }
            }
        }
    }

    private int At(int axis, int position, int tap) =>
        (position * sketch.Window.Strides[axis]) + (tap * sketch.Window.Dilation[axis]) - sketch.Before[axis];
}
