using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The layers that move images at random, by the matrices that Keras names and a sum over all pixels of the image without edges.</summary>
/// <param name="shape">Rows, columns and channels.</param>
/// <param name="sketch">The layer.</param>
/// <param name="draw">The number in [0, 1) of a sample, the first or the second.</param>
internal sealed class ReferenceImageMotion(int[] shape, LayerSketch sketch, Func<int, int, double> draw) : ReferenceLayer
{
    private readonly int _rows = shape[0];
    private readonly int _columns = shape[1];
    private readonly int _channels = shape[2];

    public override double[] Forward(double[] x)
    {
        double[] y = new double[x.Length];
        ForEach(x.Length, (output, input, share) => y[output] += share * (input < 0 ? ((ImageMotionSketch)sketch).FillValue : x[input]));
        return y;
    }

    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[dy.Length];
        ForEach(dy.Length, (output, input, share) => dx[Math.Max(input, 0)] += input < 0 ? 0 : share * dy[output]);
        return dx;
    }

    private void ForEach(int values, Action<int, int, double> visit)
    {
        int size = _rows * _columns * _channels;
        for (int sample = 0; sample < values / size; sample++)
        {
            double[,] matrix = Matrix(sample);
            for (int pixel = 0; pixel < _rows * _columns; pixel++)
            {
                (int i, int j) = (pixel / _columns, pixel % _columns);
                double row = (matrix[1, 0] * j) + (matrix[1, 1] * i) + matrix[1, 2];
                double column = (matrix[0, 0] * j) + (matrix[0, 1] * i) + matrix[0, 2];
                foreach ((int above, double vertical) in Around(row, _rows))
                {
                    foreach ((int beside, double horizontal) in Around(column, _columns))
                    {
                        for (int channel = 0; channel < _channels; channel++)
                        {
                            int input = above < 0 || beside < 0 ? -1 : (sample * size) + (((above * _columns) + beside) * _channels) + channel;
                            visit((sample * size) + (pixel * _channels) + channel, input, vertical * horizontal);
                        }
                    }
                }
            }
        }
    }

    // x first: [column, row, 1] of the result to that of the image.
    private double[,] Matrix(int sample)
    {
        double centreX = (_columns - 1) / 2.0;
        double centreY = (_rows - 1) / 2.0;
        if (sketch is FlipSketch flip)
        {
            bool isTurned = draw(sample, 0) < 0.5;
            double x = isTurned && flip.Mode != FlipMode.Vertical ? -1 : 1;
            double y = isTurned && flip.Mode != FlipMode.Horizontal ? -1 : 1;
            return new[,] { { x, 0, centreX - (x * centreX) }, { 0, y, centreY - (y * centreY) } };
        }

        var motion = (ImageMotionSketch)sketch;
        double first = Amount(motion.First, sample, 0);
        double second = motion.Second is null ? first : Amount(motion.Second, sample, 1);
        double angle = 2 * Math.PI * first;
        return motion.Motion switch
        {
            ImageMotionKind.Translation => new[,] { { 1, 0, -second * _columns }, { 0, 1, -first * _rows } },
            ImageMotionKind.Zoom => new[,] { { 1 + second, 0, centreX * -second }, { 0, 1 + first, centreY * -first } },
            _ => new[,]
            {
                { Math.Cos(angle), -Math.Sin(angle), centreX - (centreX * Math.Cos(angle)) + (centreY * Math.Sin(angle)) },
                { Math.Sin(angle), Math.Cos(angle), centreY - (centreX * Math.Sin(angle)) - (centreY * Math.Cos(angle)) },
            },
        };
    }

    private double Amount(float[] bounds, int sample, int number)
    {
        (double low, double high) = bounds.Length == 1 ? (-Math.Abs(bounds[0]), Math.Abs(bounds[0])) : (bounds.Min(), bounds.Max());
        return low + ((high - low) * draw(sample, number));
    }

    // The tent of width 2 over each place, or the place rounded; −1 is outside.
    private IEnumerable<(int At, double Share)> Around(double place, int count)
    {
        if (sketch is FlipSketch || ((ImageMotionSketch)sketch).Interpolation == Interpolation.Nearest)
        {
            return [(Inside((int)Math.Floor(place + 0.5), count), 1)];
        }

        int first = (int)Math.Floor(place) - 1;
        return Enumerable.Range(first, 4).Select(at => (Inside(at, count), Math.Max(0, 1 - Math.Abs(place - at)))).Where(static pair => pair.Item2 > 0);
    }

    // By as many steps as it takes.
    private int Inside(int at, int count)
    {
        FillMode fill = (sketch as ImageMotionSketch)?.Fill ?? FillMode.Reflect;
        while (at < 0 || at >= count)
        {
            at = fill switch
            {
                FillMode.Constant => -1,
                FillMode.Nearest => Math.Clamp(at, 0, count - 1),
                FillMode.Wrap => at < 0 ? at + count : at - count,
                _ => at < 0 ? -1 - at : (2 * count) - 1 - at,
            };
            if (fill == FillMode.Constant)
            {
                return -1;
            }
        }

        return at;
    }
}
