using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The greatest value or the mean of what stands inside the image under a window.</summary>
internal sealed class ReferencePooling(int[] input, WindowSketch window, bool isMax) : ReferenceLayer
{
    private readonly int _channels = input[^1];
    private double[] _x = [];

    public override double[] Forward(double[] x)
    {
        _x = x;
        return [.. Windows(x.Length).Select(window => isMax ? window.Max(i => x[i]) : window.Average(i => x[i]))];
    }

    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[_x.Length];
        int result = 0;
        foreach (List<int> window in Windows(_x.Length))
        {
            if (isMax)
            {
                dx[window.MaxBy(i => _x[i])] += dy[result++];
                continue;
            }

            foreach (int i in window)
            {
                dx[i] += dy[result] / window.Count;
            }

            result++;
        }

        return dx;
    }

    // For each result what stands under its window, rows first.
    private List<int>[] Windows(int values)
    {
        var walk = new WindowWalk(input, window);
        int samples = values / (walk.InputPixels * _channels);
        List<int>[] windows = [.. Enumerable.Range(0, samples * walk.OutputPixels * _channels).Select(static _ => new List<int>())];
        foreach (WindowTap at in walk.Taps(samples))
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                windows[(at.Output * _channels) + channel].Add((at.Source * _channels) + channel);
            }
        }

        return windows;
    }
}
