using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Every activation and, beside it, its derivative, as expressions over vectors.</summary>
internal static class ActivationPhrases
{
    // Constants of keras.activations (Keras 3); SELU's from Klambauer et al., 2017.
    private const float LeakySlope = 0.2f;
    private const float SeluScale = 1.05070098f;
    private const float SeluAlpha = 1.67326324f;

    public static string Forward(SimdTarget t, Activation activation, string x) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => t.Max(t.Zero, x),
        Activation.LeakyRelu => t.Max($"({x} * {t.Constant(LeakySlope)})", x),
        Activation.Elu => t.Select(t.Greater(x, t.Zero), x, t.Math("Expm1", x)),
        Activation.Selu => $"({t.Constant(SeluScale)} * "
            + t.Select(t.Greater(x, t.Zero), x, $"{t.Constant(SeluAlpha)} * {t.Math("Expm1", x)}") + ")",
        Activation.HardSigmoid => t.Max(t.Zero, t.Min(t.Constant(1f), t.MultiplyAdd(x, t.Constant(1f / 6f), t.Constant(0.5f)))),
        Activation.Softsign => $"({x} / ({t.Constant(1f)} + {t.Abs(x)}))",
        Activation.Exponential => t.Math("Exp", x),
        Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Sigmoid or Activation.Tanh
            or Activation.Softplus or Activation.Mish => t.Math(activation.ToString(), x),
        _ => throw new InvalidOperationException($"{activation} is not elementwise"),
    };

    /// <param name="dy">The gradient of the output.</param>
    /// <param name="saved">The output or the input, as <see cref="Graph.ActivationTraits.SavesOutput"/> says.</param>
    public static string Gradient(SimdTarget t, Activation activation, string dy, string saved) => activation switch
    {
        Activation.Linear => dy,
        Activation.Relu => t.Select(t.Greater(saved, t.Zero), dy, t.Zero),
        Activation.LeakyRelu => t.Select(t.Greater(saved, t.Zero), dy, $"{dy} * {t.Constant(LeakySlope)}"),
        Activation.Elu => t.Select(t.Greater(saved, t.Zero), dy, $"{dy} * ({saved} + {t.Constant(1f)})"),
        Activation.Selu => $"({dy} * "
            + t.Select(t.Greater(saved, t.Zero), t.Constant(SeluScale), $"{saved} + {t.Constant(SeluScale * SeluAlpha)}") + ")",
        Activation.HardSigmoid => t.Select(
            $"{t.Greater(saved, t.Zero)} & {t.Less(saved, t.Constant(1f))}", $"{dy} * {t.Constant(1f / 6f)}", t.Zero),
        Activation.Sigmoid => $"({dy} * {saved} * ({t.Constant(1f)} - {saved}))",
        Activation.Tanh => $"({dy} * ({t.Constant(1f)} - {saved} * {saved}))",
        Activation.Softplus => $"(-{dy} * {t.Math("Expm1", $"-{saved}")})",
        Activation.Softsign => $"({dy} * ({t.Constant(1f)} - {t.Abs(saved)}) * ({t.Constant(1f)} - {t.Abs(saved)}))",
        Activation.Exponential => $"({dy} * {saved})",
        Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Mish =>
            $"({dy} * {t.Math($"{activation}Derivative", saved)})",
        _ => throw new InvalidOperationException($"{activation} is not elementwise"),
    };
}
