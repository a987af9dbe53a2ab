using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>An elementwise activation and its coefficient (α, slope, λ, θ or b; 0 where it has none), with what the graph needs to know of it.</summary>
internal sealed record ActivationFunction(Activation Kind, float Coefficient)
{
    public static ActivationFunction Of(Activation kind, float? coefficient = null) => new(kind, coefficient ?? DefaultCoefficient(kind));

    public string Text => $"{Kind}{CoefficientText}";

    public string CoefficientText => Coefficient == 0 ? "" : $" {NumberText.Of(Coefficient)}";

    /// <summary>Whether the derivative is computed from the output; otherwise from the input.</summary>
    public bool SavesOutput => Kind is not (Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Mish
        or Activation.HardSwish or Activation.TanhShrink);

    /// <summary>A few instructions, no exponential.</summary>
    public bool IsCheap => Kind is Activation.Linear or Activation.Relu or Activation.LeakyRelu or Activation.HardSigmoid
        or Activation.Softsign or Activation.Relu6 or Activation.HardSwish or Activation.HardTanh or Activation.SoftShrink
        or Activation.HardShrink or Activation.ThresholdedRelu;

    /// <summary>The derivative from the saved value is a few instructions.</summary>
    public bool IsGradientCheap => Kind is not (Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Mish
        or Activation.TanhShrink or Activation.Softplus or Activation.LogSigmoid or Activation.Squareplus);

    // The defaults of keras.activations (Keras 3); θ is that of keras.layers.ThresholdedReLU.
    private static float DefaultCoefficient(Activation kind) => kind switch
    {
        Activation.LeakyRelu => 0.2f,
        Activation.Elu or Activation.Celu or Activation.ThresholdedRelu => 1f,
        Activation.SoftShrink or Activation.HardShrink => 0.5f,
        Activation.Squareplus => 4f,
        _ => 0f,
    };
}
