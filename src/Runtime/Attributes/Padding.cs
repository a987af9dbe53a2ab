namespace Unroll;

/// <summary>What a window finds beyond the edge of its input. Definitions are those of Keras 3.</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum Padding
{
    /// <summary>The window stays inside: of n values a window that reaches over k in steps of s has ⌊(n − k)/s⌋ + 1 positions.</summary>
    Valid,

    /// <summary>
    /// As many positions as steps, ⌈n/s⌉: beyond the edges there are zeros (in a pooling nothing), half of them before, the odd one after.
    /// </summary>
    Same,

    /// <summary>Zeros before the first value only, so that no output sees what comes after it. Convolutions of one axis.</summary>
    Causal,
}
