namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The activations and their derivatives at x, from their definitions, in double precision.</summary>
internal static class Functions
{
    /// <summary>The activations this reference defines, softmax and its logarithm excepted.</summary>
    public static readonly Activation[] Elementwise =
    [
        Activation.Linear, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Selu, Activation.Gelu, Activation.GeluTanh,
        Activation.Swish, Activation.Sigmoid, Activation.HardSigmoid, Activation.Tanh, Activation.Softplus, Activation.Softsign,
        Activation.Mish, Activation.Exponential, Activation.Relu6, Activation.HardSwish, Activation.Celu, Activation.LogSigmoid,
        Activation.HardTanh, Activation.TanhShrink, Activation.SoftShrink, Activation.HardShrink, Activation.Squareplus,
        Activation.ThresholdedRelu,
    ];

    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    public static double Value(Activation activation, double x) => Value(activation, x, DefaultCoefficient(activation));

    /// <param name="activation">The function.</param>
    /// <param name="x">Its argument.</param>
    /// <param name="c">α, slope, λ, θ or b, where it has one.</param>
    public static double Value(Activation activation, double x, double c) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => x <= 0 ? 0 : x,
        Activation.LeakyRelu => x > 0 ? x : c * x,
        Activation.Elu => x > 0 ? x : c * ExpMinusOne(x),
        Activation.Selu => SeluScale * (x > 0 ? x : SeluAlpha * ExpMinusOne(x)),
        Activation.Gelu => x * NormalDistribution(x),
        Activation.GeluTanh => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        Activation.Swish => x * Sigmoid(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.HardSigmoid => Math.Min(Math.Max((x / 6) + 0.5, 0), 1),
        Activation.Tanh => Math.Tanh(x),
        Activation.Softplus => Softplus(x),
        Activation.Softsign => x / (1 + Math.Abs(x)),
        Activation.Mish => x * Math.Tanh(Softplus(x)),
        Activation.Exponential => Math.Exp(x),
        Activation.Relu6 => Math.Min(Math.Max(x, 0), 6),
        Activation.HardSwish => x * Value(Activation.HardSigmoid, x),
        Activation.Celu => Math.Max(x, 0) + Math.Min(c * ExpMinusOne(x / c), 0),
        Activation.LogSigmoid => -Softplus(-x),
        Activation.HardTanh => Math.Min(Math.Max(x, -1), 1),
        Activation.TanhShrink => x - Math.Tanh(x),
        Activation.SoftShrink => x > c ? x - c : x < -c ? x + c : 0,
        Activation.HardShrink => Math.Abs(x) > c ? x : 0,
        Activation.Squareplus => x > 0 ? (x + Math.Sqrt((x * x) + c)) / 2 : c / 2 / (Math.Sqrt((x * x) + c) - x),
        Activation.ThresholdedRelu => x > c ? x : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    public static double Derivative(Activation activation, double x) => Derivative(activation, x, DefaultCoefficient(activation));

    /// <inheritdoc cref="Value(Activation, double, double)"/>
    public static double Derivative(Activation activation, double x, double c) => activation switch
    {
        Activation.Linear => 1,
        Activation.Relu => x > 0 ? 1 : 0,
        Activation.LeakyRelu => x > 0 ? 1 : c,
        Activation.Elu => x > 0 ? 1 : c * Math.Exp(x),
        Activation.Selu => SeluScale * (x > 0 ? 1 : SeluAlpha * Math.Exp(x)),
        Activation.Gelu => NormalDistribution(x) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)),
        Activation.GeluTanh => GeluTanhDerivative(x),
        Activation.Swish => Sigmoid(x) + (x * Sigmoid(x) * Sigmoid(-x)),
        Activation.Sigmoid => Sigmoid(x) * Sigmoid(-x),
        Activation.HardSigmoid => x is > -3 and < 3 ? 1.0 / 6 : 0,
        Activation.Tanh => 1 / (Math.Cosh(x) * Math.Cosh(x)),
        Activation.Softplus => Sigmoid(x),
        Activation.Softsign => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x))),
        Activation.Mish => Math.Tanh(Softplus(x)) + (x * Sigmoid(x) / Math.Pow(Math.Cosh(Softplus(x)), 2)),
        Activation.Exponential => Math.Exp(x),
        Activation.Relu6 => x is > 0 and < 6 ? 1 : 0,
        Activation.HardSwish => x <= -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5,
        Activation.Celu => x > 0 ? 1 : Math.Exp(x / c),
        Activation.LogSigmoid => Sigmoid(-x),
        Activation.HardTanh => x is > -1 and < 1 ? 1 : 0,
        Activation.TanhShrink => Math.Tanh(x) * Math.Tanh(x),
        Activation.SoftShrink or Activation.HardShrink => Math.Abs(x) > c ? 1 : 0,
        Activation.Squareplus => Value(Activation.Squareplus, x, c) / Math.Sqrt((x * x) + c),
        Activation.ThresholdedRelu => x > c ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    // keras.activations (Keras 3), and keras.layers.ThresholdedReLU.
    public static double DefaultCoefficient(Activation activation) => activation switch
    {
        Activation.LeakyRelu => 0.2,
        Activation.SoftShrink or Activation.HardShrink => 0.5,
        Activation.Squareplus => 4,
        _ => 1,
    };

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // For e = e^−|x| ≤ 1: ln(1 + e) = 2·artanh(e/(2 + e)), which keeps a tiny e.
    public static double Softplus(double x) =>
        Math.Max(x, 0) + (2 * Math.Atanh(Math.Exp(-Math.Abs(x)) / (2 + Math.Exp(-Math.Abs(x)))));

    // e^x − 1 = 2·sinh(x/2)·e^(x/2): no cancellation near 0.
    private static double ExpMinusOne(double x) => 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    private static double GeluTanhDerivative(double x)
    {
        double factor = Math.Sqrt(2 / Math.PI);
        double tanh = Math.Tanh(factor * (x + (0.044715 * x * x * x)));
        double slope = factor * (1 + (3 * 0.044715 * x * x));
        return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * slope);
    }

    /// <summary>Φ⁻¹ by Newton's method on ln Φ of the smaller tail, which is concave: it converges from 0 on.</summary>
    public static double InverseNormalDistribution(double p)
    {
        double tail = Math.Min(p, 1 - p);
        double x = 0;
        for (int i = 0; i < 60; i++)
        {
            double value = NormalDistribution(x);
            double step = Math.Log(value / tail) * value * Math.Sqrt(2 * Math.PI) * Math.Exp(0.5 * x * x);
            x -= step;
            if (Math.Abs(step) < 1e-13)
            {
                break;
            }
        }

        return p < 0.5 ? x : -x;
    }

    // Φ(x) = ½ + φ(x)·Σ x^(2n+1)/(1·3·5···(2n+1)), all terms of one sign; below −2, where that cancels, by the continued fraction
    // Φ(−a) = φ(a)/(a + 1/(a + 2/(a + 3/(a + ···)))).
    public static double NormalDistribution(double x)
    {
        double density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        if (Math.Abs(x) > 2)
        {
            double fraction = Math.Abs(x);
            for (int n = 400; n > 0; n--)
            {
                fraction = Math.Abs(x) + (n / fraction);
            }

            return x > 0 ? 1 - (density / fraction) : density / fraction;
        }

        double term = x;
        double sum = x;
        for (int odd = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); odd += 2)
        {
            term *= x * x / odd;
            sum += term;
        }

        return 0.5 + (sum * density);
    }
}
