namespace Unroll;

/// <summary>What an image shows beyond its edges. Definitions are those of Keras 3.</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum FillMode
{
    /// <summary>The image in a mirror at its edge, the outermost pixels doubled: <c>d c b a | a b c d | d c b a</c>.</summary>
    Reflect,

    /// <summary>The image again: <c>a b c d | a b c d | a b c d</c>.</summary>
    Wrap,

    /// <summary>One value, the layer's <c>FillValue</c>: <c>k k k k | a b c d | k k k k</c>.</summary>
    Constant,

    /// <summary>The outermost pixels: <c>a a a a | a b c d | d d d d</c>.</summary>
    Nearest,
}
