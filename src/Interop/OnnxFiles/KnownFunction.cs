namespace Unroll.Interop.OnnxFiles;

/// <summary>A function of single numbers that a layer of Unroll computes.</summary>
/// <param name="Activation">The activation; null where it is y = scale·x + offset.</param>
/// <param name="Scale">Of the straight line.</param>
/// <param name="Offset">Of the straight line.</param>
internal sealed record KnownFunction(Activation? Activation, float Scale, float Offset)
{
    /// <summary>The coefficient, where it is not the usual one.</summary>
    public (string Argument, float Value)? Coefficient { get; init; }

    private static readonly (Activation Activation, Func<double, double> Function)[] s_functions =
    [
        (Unroll.Activation.Relu, static x => Math.Max(x, 0)),
        (Unroll.Activation.Sigmoid, ScalarFunction.Sigmoid),
        (Unroll.Activation.Tanh, Math.Tanh),
        (Unroll.Activation.Relu6, static x => Math.Clamp(x, 0, 6)),
        (Unroll.Activation.Gelu, static x => ScalarFunction.Gelu(x, isTanh: false)),
        (Unroll.Activation.GeluTanh, static x => ScalarFunction.Gelu(x, isTanh: true)),
        (Unroll.Activation.Swish, static x => x * ScalarFunction.Sigmoid(x)),
        (Unroll.Activation.HardSwish, static x => x * Math.Clamp((x / 6) + 0.5, 0, 1)),
        (Unroll.Activation.HardSigmoid, static x => Math.Clamp((x / 6) + 0.5, 0, 1)),
        (Unroll.Activation.Mish, static x => x * Math.Tanh(ScalarFunction.Softplus(x))),
        (Unroll.Activation.Elu, static x => x < 0 ? Math.Exp(x) - 1 : x),
        (Unroll.Activation.Selu, static x => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * (Math.Exp(x) - 1) : x)),
        (Unroll.Activation.Softplus, ScalarFunction.Softplus),
        (Unroll.Activation.Softsign, static x => x / (1 + Math.Abs(x))),
        (Unroll.Activation.LeakyRelu, static x => x < 0 ? 0.2 * x : x),
        (Unroll.Activation.Exponential, Math.Exp),
        (Unroll.Activation.LogSigmoid, static x => -ScalarFunction.Softplus(-x)),
        (Unroll.Activation.HardTanh, static x => Math.Clamp(x, -1, 1)),
        (Unroll.Activation.TanhShrink, static x => x - Math.Tanh(x)),
        (Unroll.Activation.Squareplus, static x => (x + Math.Sqrt((x * x) + 4)) / 2),
    ];

    /// <summary>Those of a cell's gates and candidates, the commonest first.</summary>
    public static IEnumerable<(Activation Activation, Func<double, double> Function)> All => [.. s_functions, (Unroll.Activation.Linear, static x => x)];

    // Dense around 0, where functions bend, and out to where limits are all that can come.
    private static readonly double[] s_places =
    [
        .. Enumerable.Range(-160, 321).Select(static place => (place * 0.0509) + (place * Math.Abs(place) * 0.00035) + 0.0007),
        .. new[] { 20.0, 25, 33, 45, 60, Far, 120, 300, 700, 1e3, 1e4, 1e5, 1e6, 1e8, 1e10, 1e15, 1e20, 1e30 }.SelectMany(static place => new[] { place, -place }),
    ];

    // Above what a coefficient that shrinks can be told by, and few enough digits to be exact.
    private const double Shrunk = 64;

    // Where exp has left 32 bits behind, and with it the spellings that are made of it.
    private const double Far = 88;

    /// <summary>Null where it is none of them.</summary>
    public static KnownFunction? Recognize(Func<double, double> function)
    {
        double[] values = [.. s_places.Select(function)];
        foreach ((Activation activation, Func<double, double> known) in s_functions)
        {
            if (Agree(values, known))
            {
                return new KnownFunction(activation, 1, 0);
            }
        }

        // Those with a coefficient, by the one place that tells it.
        double slope = -function(-1);
        if (slope is > 0 and < 1 && Agree(values, x => x < 0 ? slope * x : x))
        {
            return new KnownFunction(Unroll.Activation.LeakyRelu, 1, 0) { Coefficient = ("NegativeSlope", (float)slope) };
        }

        double b = 4 * function(0) * function(0);
        if (b > 0 && Agree(values, x => (x + Math.Sqrt((x * x) + b)) / 2))
        {
            return new KnownFunction(Unroll.Activation.Squareplus, 1, 0) { Coefficient = ("B", (float)b) };
        }

        double lambda = Shrunk - function(Shrunk);
        if (lambda > 0 && Agree(values, x => Math.CopySign(Math.Max(Math.Abs(x) - lambda, 0), x)))
        {
            return new KnownFunction(Unroll.Activation.SoftShrink, 1, 0) { Coefficient = ("Lambda", (float)lambda) };
        }

        if (Threshold(function) is float threshold)
        {
            Activation? cut = Agree(values, x => Math.Abs(x) > threshold ? x : 0) ? Unroll.Activation.HardShrink : Agree(values, x => x > threshold ? x : 0) ? Unroll.Activation.ThresholdedRelu : null;
            if (cut is not null)
            {
                return new KnownFunction(cut, 1, 0) { Coefficient = (cut == Unroll.Activation.HardShrink ? "Lambda" : "Theta", threshold) };
            }
        }

        // A straight line by its values at 0 and 1.
        double offset = function(0);
        double scale = function(1) - offset;
        return double.IsFinite(offset) && double.IsFinite(scale) && Agree(values, x => (scale * x) + offset)
            ? new KnownFunction(null, (float)scale, (float)offset)
            : null;
    }

    /// <summary>The greatest number of which the function is 0, where of all greater ones it is its argument; null where it is something else somewhere.</summary>
    private static float? Threshold(Func<double, double> function)
    {
        (double zero, double same) = (0, Shrunk);
        if (function(zero) != 0 || function(same) != same)
        {
            return null;
        }

        while ((float)zero != (float)same)
        {
            double middle = (zero + same) / 2;
            double value = function(middle);
            if (value != 0 && value != middle)
            {
                return null;
            }

            (zero, same) = value == 0 ? (middle, same) : (zero, middle);
        }

        // Of the threshold itself a file may want either.
        float last = function((float)zero) == 0 ? (float)zero : MathF.BitDecrement((float)zero);
        return last > 0 ? last : null;
    }

    // Constants of a file are rounded to 32 bits, and errors of exp grow with it.
    private static bool Agree(double[] values, Func<double, double> known) =>
        s_places.Zip(values).All(pair => Math.Abs(known(pair.First) - pair.Second) <= 1e-6 * Math.Max(1, Math.Abs(pair.Second))
            || (Math.Abs(pair.First) > Far && !double.IsFinite(pair.Second)));
}
