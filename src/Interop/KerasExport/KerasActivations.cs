namespace Unroll.Interop.KerasExport;

/// <summary>What Keras calls activations.</summary>
internal static class KerasActivations
{
    /// <exception cref="NotSupportedException">It has no name there.</exception>
    public static string Name(Activation activation) => activation switch
    {
        Activation.Swish => "silu",
        Activation.HardSwish => "hard_silu",
        Activation.GeluTanh => throw new NotSupportedException("Keras has no name for the tanh form of GELU, and a cell's function has to have one; use Gelu"),
        Activation.ThresholdedRelu => throw new NotSupportedException("Keras has no name for ThresholdedRelu, and a cell's function has to have one; use Relu"),
        _ => KerasObject.Snake(activation.ToString()),
    };
}
