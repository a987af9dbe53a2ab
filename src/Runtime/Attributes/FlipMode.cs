namespace Unroll;

/// <summary>Along which axes <see cref="RandomFlipAttribute"/> turns an image over. Definitions are those of Keras 3.</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum FlipMode
{
    /// <summary>Left becomes right and top becomes bottom, both at once.</summary>
    HorizontalAndVertical,

    /// <summary>Left becomes right.</summary>
    Horizontal,

    /// <summary>Top becomes bottom.</summary>
    Vertical,
}
