namespace Unroll.Reports.Charts;

/// <summary>The activations that work value by value, in double precision, with the coefficients they have by default.</summary>
internal static class ActivationFunctions
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <exception cref="ArgumentException">The activation looks at several values at once.</exception>
    public static Func<double, double> Of(Activation activation) => activation switch
    {
        Activation.Linear => static x => x,
        Activation.Relu => static x => Math.Max(x, 0),
        Activation.LeakyRelu => static x => x > 0 ? x : 0.2 * x,
        Activation.Elu or Activation.Celu => static x => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Selu => static x => SeluScale * (x > 0 ? x : SeluAlpha * (Math.Exp(x) - 1)),
        Activation.Gelu => static x => x * NormalShare(x),
        Activation.GeluTanh => static x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        Activation.Swish => static x => x * Sigmoid(x),
        Activation.Sigmoid => Sigmoid,
        Activation.HardSigmoid => static x => Math.Clamp((x / 6) + 0.5, 0, 1),
        Activation.Tanh => Math.Tanh,
        Activation.Softplus => static x => Math.Log(1 + Math.Exp(x)),
        Activation.Softsign => static x => x / (1 + Math.Abs(x)),
        Activation.Mish => static x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        Activation.Exponential => Math.Exp,
        Activation.Relu6 => static x => Math.Clamp(x, 0, 6),
        Activation.HardSwish => static x => x * Math.Clamp((x / 6) + 0.5, 0, 1),
        Activation.LogSigmoid => static x => -Math.Log(1 + Math.Exp(-x)),
        Activation.HardTanh => static x => Math.Clamp(x, -1, 1),
        Activation.TanhShrink => static x => x - Math.Tanh(x),
        Activation.SoftShrink => static x => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0,
        Activation.HardShrink => static x => Math.Abs(x) > 0.5 ? x : 0,
        Activation.Squareplus => static x => (x + Math.Sqrt((x * x) + 4)) / 2,
        Activation.ThresholdedRelu => static x => x > 1 ? x : 0,
        _ => throw new ArgumentException($"{activation} looks at several values at once: there is no curve of one value.", nameof(activation)),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Φ(x), by the series of erf: it converges for every x, and quickly for those that are drawn.</summary>
    private static double NormalShare(double x)
    {
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        // Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …) (Marsaglia, 2004).
        return 0.5 + (sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
    }
}
