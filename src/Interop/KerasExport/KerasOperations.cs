namespace Unroll.Interop.KerasExport;

/// <summary>Activations that Keras has as operations alone, which stand in functional models as layers do.</summary>
internal static class KerasOperations
{
    public const string Module = "keras.src.ops.nn";

    public static bool Is(string className) => className is "Gelu" or "Celu" or "SoftShrink" or "HardShrink" or "Squareplus";
}
