namespace Unroll;

/// <summary>How the values of an image between its pixels are computed. Definitions are those of Keras 3.</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum Interpolation
{
    /// <summary>The value of the nearest pixel: an image made larger repeats its pixels.</summary>
    Nearest,

    /// <summary>
    /// Straight lines between the centres of pixels, beyond the outermost of them their value: the row [0, 1] twice as long is
    /// [0, 0.25, 0.75, 1].
    /// </summary>
    Bilinear,
}
