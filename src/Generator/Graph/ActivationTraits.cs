using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>What the graph needs to know of each activation.</summary>
internal static class ActivationTraits
{
    /// <summary>Whether the derivative is computed from the output; otherwise from the input.</summary>
    public static bool SavesOutput(Activation activation) => activation is not
        (Activation.Gelu or Activation.GeluTanh or Activation.Swish or Activation.Mish);

    /// <summary>A few instructions, no exponential.</summary>
    public static bool IsCheap(Activation activation) => activation is
        Activation.Linear or Activation.Relu or Activation.LeakyRelu or Activation.HardSigmoid or Activation.Softsign;

    /// <summary>The derivative from the saved value is a few instructions.</summary>
    public static bool IsGradientCheap(Activation activation) => SavesOutput(activation) && activation != Activation.Softplus;
}
