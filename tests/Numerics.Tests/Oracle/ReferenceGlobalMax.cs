namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The greatest value of each channel of a sample; equals share its gradient.</summary>
internal sealed class ReferenceGlobalMax(int pixels, int channels) : ReferenceLayer
{
    private double[] _x = [];

    public override double[] Forward(double[] x)
    {
        _x = x;
        return [.. Enumerable.Range(0, x.Length / pixels).Select(i => Positions(i).Max(at => x[at]))];
    }

    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[_x.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            double greatest = Positions(i).Max(at => _x[at]);
            int[] equals = [.. Positions(i).Where(at => _x[at] == greatest)];
            foreach (int at in equals)
            {
                dx[at] = dy[i] / equals.Length;
            }
        }

        return dx;
    }

    private IEnumerable<int> Positions(int i) =>
        Enumerable.Range(0, pixels).Select(pixel => (((i / channels * pixels) + pixel) * channels) + (i % channels));
}
