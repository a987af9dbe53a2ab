using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Every activation and, beside it, its derivative, as expressions over vectors.</summary>
internal static class ActivationPhrases
{
    // Klambauer et al., 2017.
    private const float SeluScale = 1.05070098f;
    private const float SeluAlpha = 1.67326324f;

    public static Expression Forward(SimdTarget t, ActivationFunction function, string x)
    {
        string one = t.Constant(1f);
        string c = t.Constant(function.Coefficient);
        Expression IfPositive(string yes, string no) => t.Select(t.Greater(x, t.Zero), yes, no);

        return function.Kind switch
        {
            Activation.Linear => x,
            Activation.Relu => t.Max(t.Zero, x),
            Activation.Relu6 => t.Max(t.Zero, t.Min(t.Constant(6f), x)),
            Activation.LeakyRelu => IfPositive(x, $"{x} * {c}"),
            Activation.ThresholdedRelu => t.Select(t.LessOrEqual(x, c), t.Zero, x),
            Activation.Elu => IfPositive(x, Scaled(function.Coefficient, c, t.Math("Expm1", x))),
            Activation.Celu => IfPositive(x, Scaled(function.Coefficient, c, t.Math("Expm1", Over(function.Coefficient, x, c)))),
            Activation.Selu => $"{t.Constant(SeluScale)} * {IfPositive(x, $"{t.Constant(SeluAlpha)} * {t.Math("Expm1", x)}")}",
            Activation.HardSigmoid => HardSigmoid(t, x),
            Activation.HardSwish => $"{x} * {HardSigmoid(t, x)}",
            Activation.HardTanh => t.Max(t.Constant(-1f), t.Min(one, x)),
            Activation.Softsign => $"{x} / ({one} + {t.Abs(x)})",
            Activation.TanhShrink => $"{x} - {t.Math("Tanh", x)}",
            Activation.SoftShrink => $"{t.Max(t.Zero, $"{x} - {c}")} + {t.Min(t.Zero, $"{x} + {c}")}",
            Activation.HardShrink => t.Select(t.LessOrEqual(t.Abs(x), c), t.Zero, x),
            Activation.LogSigmoid => $"-{t.Math("Softplus", $"-{x}")}",
            Activation.Squareplus => Squareplus(t, function.Coefficient, x),
            Activation.Exponential => t.Math("Exp", x),
            Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Sigmoid or Activation.Tanh
                or Activation.Softplus or Activation.Mish => t.Math(function.Kind.ToString(), x),
            _ => throw new InvalidOperationException($"{function.Kind} is not elementwise"),
        };
    }

    /// <param name="dy">The gradient of the output.</param>
    /// <param name="saved">The output or the input, as <see cref="ActivationFunction.SavesOutput"/> says.</param>
    public static Expression Gradient(SimdTarget t, ActivationFunction function, string dy, string saved)
    {
        string one = t.Constant(1f);
        string c = t.Constant(function.Coefficient);
        Expression IfPositive(string yes, string no) => t.Select(t.Greater(saved, t.Zero), yes, no);
        Expression Between(string low, string high, string yes) =>
            t.Select($"{t.Greater(saved, low)} & {t.Less(saved, high)}", yes, t.Zero);

        return function.Kind switch
        {
            Activation.Linear => dy,
            Activation.Relu => IfPositive(dy, t.Zero),
            Activation.Relu6 => Between(t.Zero, t.Constant(6f), dy),
            Activation.LeakyRelu => IfPositive(dy, $"{dy} * {c}"),
            Activation.ThresholdedRelu => IfPositive(dy, t.Zero),
            Activation.Elu => IfPositive(dy, $"{dy} * ({saved} + {c})"),
            Activation.Celu => IfPositive(dy, $"{dy} * ({Over(function.Coefficient, saved, c)} + {one})"),
            Activation.Selu => $"{dy} * {IfPositive(t.Constant(SeluScale), $"{saved} + {t.Constant(SeluScale * SeluAlpha)}")}",
            Activation.HardSigmoid => Between(t.Zero, one, $"{dy} * {t.Constant(1f / 6f)}"),
            Activation.HardSwish => HardSwishGradient(t, dy, saved),
            Activation.HardTanh => Between(t.Constant(-1f), one, dy),
            Activation.Sigmoid => $"{dy} * {saved} * ({one} - {saved})",
            Activation.Tanh => $"{dy} * ({one} - {saved} * {saved})",
            Activation.Softplus => $"-{dy} * {t.Math("Expm1", $"-{saved}")}",
            Activation.LogSigmoid => $"-{dy} * {t.Math("Expm1", saved)}",
            Activation.Softsign => $"{dy} * ({one} - {t.Abs(saved)}) * ({one} - {t.Abs(saved)})",
            Activation.TanhShrink => $"{dy} * {t.Math("Tanh", saved)} * {t.Math("Tanh", saved)}",
            Activation.SoftShrink or Activation.HardShrink => t.Select(t.Greater(t.Abs(saved), t.Zero), dy, t.Zero),
            Activation.Squareplus => $"{dy} / ({one} + {t.Constant(function.Coefficient / 4f)} / ({saved} * {saved}))",
            Activation.Exponential => $"{dy} * {saved}",
            Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Mish =>
                $"{dy} * {t.Math($"{function.Kind}Derivative", saved)}",
            _ => throw new InvalidOperationException($"{function.Kind} is not elementwise"),
        };
    }

    private static Expression HardSigmoid(SimdTarget t, string x) =>
        t.Max(t.Zero, t.Min(t.Constant(1f), t.MultiplyAdd(x, t.Constant(1f / 6f), t.Constant(0.5f))));

    // 0 up to −3, 1 from 3, x/3 + ½ between.
    private static Expression HardSwishGradient(SimdTarget t, string dy, string x)
    {
        string middle = t.Select(t.Less(x, t.Constant(3f)), t.MultiplyAdd(x, t.Constant(1f / 3f), t.Constant(0.5f)), t.Constant(1f));
        return t.Select(t.Greater(x, t.Constant(-3f)), $"{dy} * {middle}", t.Zero);
    }

    // (x + s)/2 with s = √(x² + b); below zero as (b/2)/(s − x), which does not cancel. √ overflows where s is |x| to the last bit.
    private static Expression Squareplus(SimdTarget t, float b, string x)
    {
        string root = $"{t.Min($"{t.Abs(x)} + {t.Constant((float)Math.Sqrt(b))}", t.Sqrt($"{x} * {x} + {t.Constant(b)}"))}";
        string positive = $"({x} + {root}) * {t.Constant(0.5f)}";
        string negative = $"{t.Constant(b / 2f)} / ({root} - {x})";
        return t.Select(t.Greater(x, t.Zero), positive, negative);
    }

    private static string Scaled(float coefficient, string c, string x) => coefficient == 1f ? x : $"{c} * {x}";

    private static string Over(float coefficient, string x, string c) => coefficient == 1f ? x : $"{x} / {c}";
}
