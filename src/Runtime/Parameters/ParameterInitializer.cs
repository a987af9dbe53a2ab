using Unroll.Numerics;

namespace Unroll.Parameters;

/// <summary>Fills a parameter in its logical shape before training.</summary>
internal static class ParameterInitializer
{
    /// <summary>Standard deviation of a standard normal cut off at ±2, by which the truncated normals are widened again.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Fills a parameter.</summary>
    /// <param name="rule">The rule and its arguments.</param>
    /// <param name="shape">The logical shape: [inputs, units] for a Dense kernel, [..window, inputs, filters] for a convolution.</param>
    /// <param name="values">As many values as the shape has, row-major.</param>
    /// <param name="random">The random numbers; what is drawn depends on nothing else.</param>
    public static void Fill(InitializerRule rule, ReadOnlySpan<int> shape, Span<float> values, RandomSource random)
    {
        (double fanIn, double fanOut) = Fans(shape);
        switch (rule.Initializer)
        {
            case Initializer.GlorotUniform:
                Uniform(values, UniformLimit(2 / (fanIn + fanOut)), random);
                break;
            case Initializer.GlorotNormal:
                TruncatedNormal(values, NormalDeviation(2 / (fanIn + fanOut)), random);
                break;
            case Initializer.HeUniform:
                Uniform(values, UniformLimit(2 / fanIn), random);
                break;
            case Initializer.HeNormal:
                TruncatedNormal(values, NormalDeviation(2 / fanIn), random);
                break;
            case Initializer.LecunUniform:
                Uniform(values, UniformLimit(1 / fanIn), random);
                break;
            case Initializer.LecunNormal:
                TruncatedNormal(values, NormalDeviation(1 / fanIn), random);
                break;
            case Initializer.VarianceScaling:
                ScaledVariance(rule, values, fanIn, fanOut, random);
                break;
            case Initializer.RandomNormal:
                Normal(values, rule.Scale, random);
                break;
            case Initializer.TruncatedNormal:
                TruncatedNormal(values, rule.Scale, random);
                break;
            case Initializer.RandomUniform:
                Uniform(values, rule.Scale, random);
                break;
            case Initializer.Orthogonal:
                OrthogonalMatrix.Fill(values, shape[^1], rule.Scale, random);
                break;
            case Initializer.Identity:
                Identity(values, shape[^1], rule.Scale);
                break;
            case Initializer.Constant:
                values.Fill(rule.Value);
                break;
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Ones:
                values.Fill(1f);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule.Initializer, "There is no such initializer.");
        }
    }

    /// <summary>The numbers of inputs and outputs that meet in one value, by <c>compute_fans</c> of Keras 3.</summary>
    /// <remarks>
    /// A vector counts as both; a matrix is [in, out]; beyond, the leading axes are a window that multiplies both.
    /// </remarks>
    public static (double In, double Out) Fans(ReadOnlySpan<int> shape)
    {
        if (shape.Length < 2)
        {
            double size = shape.IsEmpty ? 1 : shape[0];
            return (size, size);
        }

        double window = 1;
        foreach (int length in shape[..^2])
        {
            window *= length;
        }

        return (shape[^2] * window, shape[^1] * window);
    }

    private static void ScaledVariance(InitializerRule rule, Span<float> values, double fanIn, double fanOut, RandomSource random)
    {
        double fan = rule.Mode switch
        {
            FanMode.FanIn => fanIn,
            FanMode.FanOut => fanOut,
            _ => (fanIn + fanOut) / 2,
        };
        double scale = rule.Scale / Math.Max(1, fan);
        switch (rule.Distribution)
        {
            case InitializerDistribution.Uniform:
                Uniform(values, UniformLimit(scale), random);
                break;
            case InitializerDistribution.UntruncatedNormal:
                Normal(values, Math.Sqrt(scale), random);
                break;
            default:
                TruncatedNormal(values, NormalDeviation(scale), random);
                break;
        }
    }

    private static void Identity(Span<float> values, int columns, float factor)
    {
        values.Clear();
        for (int i = 0; i < columns && i * columns < values.Length; i++)
        {
            values[(i * columns) + i] = factor;
        }
    }

    private static double UniformLimit(double scale) => Math.Sqrt(3 * scale);

    private static double NormalDeviation(double scale) => Math.Sqrt(scale) / TruncatedDeviation;

    private static void Uniform(Span<float> values, double limit, RandomSource random)
    {
        foreach (ref float value in values)
        {
            value = (float)(limit * ((2 * random.NextDouble()) - 1));
        }
    }

    private static void Normal(Span<float> values, double deviation, RandomSource random)
    {
        foreach (ref float value in values)
        {
            value = (float)(deviation * random.NextNormal());
        }
    }

    private static void TruncatedNormal(Span<float> values, double deviation, RandomSource random)
    {
        foreach (ref float value in values)
        {
            double draw;
            do
            {
                draw = random.NextNormal();
            }
            while (Math.Abs(draw) > 2);
            value = (float)(deviation * draw);
        }
    }
}
