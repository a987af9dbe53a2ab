using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A linear map of each sample that no parameter changes, as the list of its coefficients.</summary>
internal sealed class ReferenceMap(int inputs, int outputs, IEnumerable<(int Output, int Input, double Weight)> terms) : ReferenceLayer
{
    private readonly (int Output, int Input, double Weight)[] _terms = [.. terms];

    public static ReferenceMap UpSampling(int[] input, UpSamplingSketch sketch)
    {
        int[] output = sketch.OutputOf(input);
        (int rows, int columns, int channels) = input.Length == 3 ? (input[0], input[1], input[2]) : (input[0], 1, input[1]);
        (int rowFactor, int columnFactor) = sketch.Factors.Length == 2 ? (sketch.Factors[0], sketch.Factors[1]) : (sketch.Factors[0], 1);
        bool isBilinear = sketch.Interpolation == Interpolation.Bilinear;
        var terms =
            from row in Enumerable.Range(0, rows * rowFactor)
            from column in Enumerable.Range(0, columns * columnFactor)
            from vertical in Along(row, rowFactor, rows, isBilinear)
            from horizontal in Along(column, columnFactor, columns, isBilinear)
            from channel in Enumerable.Range(0, channels)
            select (
                (((row * columns * columnFactor) + column) * channels) + channel,
                (((vertical.At * columns) + horizontal.At) * channels) + channel,
                vertical.Share * horizontal.Share);
        return new ReferenceMap(Blueprint.Size(input), Blueprint.Size(output), terms);
    }

    public static ReferenceMap Margins(int[] input, MarginsSketch sketch)
    {
        int[] output = sketch.OutputOf(input);
        (int rows, int columns, int channels) = input.Length == 3 ? (input[0], input[1], input[2]) : (input[0], 1, input[1]);
        (int height, int width) = input.Length == 3 ? (output[0], output[1]) : (output[0], 1);
        int left = input.Length == 3 ? sketch.Before[1] : 0;
        var terms =
            from row in Enumerable.Range(0, rows)
            from column in Enumerable.Range(0, columns)
            where row + sketch.Before[0] >= 0 && row + sketch.Before[0] < height && column + left >= 0 && column + left < width
            from channel in Enumerable.Range(0, channels)
            select (
                ((((row + sketch.Before[0]) * width) + column + left) * channels) + channel, (((row * columns) + column) * channels) + channel, 1.0);
        return new ReferenceMap(Blueprint.Size(input), Blueprint.Size(output), terms);
    }

    public static ReferenceMap Mean(int[] input)
    {
        int pixels = Blueprint.Size(input[..^1]);
        return new ReferenceMap(
            pixels * input[^1],
            input[^1],
            Enumerable.Range(0, pixels * input[^1]).Select(i => (i % input[^1], i, 1.0 / pixels)));
    }

    public override double[] Forward(double[] x)
    {
        double[] y = new double[x.Length / inputs * outputs];
        ForEach(x.Length, (output, input, weight) => y[output] += weight * x[input]);
        return y;
    }

    public override double[] Backward(double[] dy)
    {
        double[] dx = new double[dy.Length / outputs * inputs];
        ForEach(dx.Length, (output, input, weight) => dx[input] += weight * dy[output]);
        return dx;
    }

    private void ForEach(int values, Action<int, int, double> visit)
    {
        for (int sample = 0; sample < values / inputs; sample++)
        {
            foreach ((int output, int input, double weight) in _terms)
            {
                visit((sample * outputs) + output, (sample * inputs) + input, weight);
            }
        }
    }

    // The centre of pixel i stands at i + ½ of the smaller image's pixels.
    private static IEnumerable<(int At, double Share)> Along(int position, int factor, int count, bool isBilinear)
    {
        if (!isBilinear)
        {
            return [(position / factor, 1.0)];
        }

        double centre = Math.Clamp(((position + 0.5) / factor) - 0.5, 0, count - 1);
        int lower = (int)centre;
        return [(lower, lower + 1 - centre), (Math.Min(lower + 1, count - 1), centre - lower)];
    }
}
