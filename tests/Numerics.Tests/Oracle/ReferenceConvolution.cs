using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A convolution as its definition says, pixel by pixel and tap by tap; what stands outside the image is 0.</summary>
internal sealed class ReferenceConvolution(
    int[] input, WindowSketch window, int filters, int groups, ReferenceParameter kernel, ReferenceParameter? bias) : ReferenceLayer
{
    private readonly WindowWalk _walk = new(input, window);
    private readonly int _channels = input[^1];
    private readonly int _shared = input[^1] / groups;
    private double[] _x = [];

    public override IEnumerable<ReferenceParameter> Parameters => bias is null ? [kernel] : [kernel, bias];

    public override double[] Forward(double[] x)
    {
        _x = x;
        int samples = x.Length / (_walk.InputPixels * _channels);
        double[] y = new double[samples * _walk.OutputPixels * filters];
        double[] w = kernel.Values;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = bias?.Values[i % filters] ?? 0;
        }

        foreach (WindowTap at in _walk.Taps(samples))
        {
            for (int filter = 0; filter < filters; filter++)
            {
                double sum = 0;
                int source = (at.Source * _channels) + (filter / (filters / groups) * _shared);
                for (int channel = 0; channel < _shared; channel++)
                {
                    sum += x[source + channel] * w[(((at.Tap * _shared) + channel) * filters) + filter];
                }

                y[(at.Output * filters) + filter] += sum;
            }
        }

        return y;
    }

    public override double[] Backward(double[] dy)
    {
        kernel.Clear();
        bias?.Clear();
        for (int i = 0; i < dy.Length; i++)
        {
            bias?.Add(i % filters, dy[i]);
        }

        double[] dx = new double[_x.Length];
        foreach (WindowTap at in _walk.Taps(_x.Length / (_walk.InputPixels * _channels)))
        {
            for (int filter = 0; filter < filters; filter++)
            {
                double slope = dy[(at.Output * filters) + filter];
                int source = (at.Source * _channels) + (filter / (filters / groups) * _shared);
                for (int channel = 0; channel < _shared; channel++)
                {
                    int weight = (((at.Tap * _shared) + channel) * filters) + filter;
                    kernel.Add(weight, slope * _x[source + channel]);
                    dx[source + channel] += slope * kernel.Values[weight];
                }
            }
        }

        return dx;
    }
}
