using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>Where the values of all layers lie in a block that keeps them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObservedDescription
{
    /// <summary>The length of such a block.</summary>
    public required int BlockFloats { get; init; }

    /// <summary>The length of the arena of what comes from the parameters alone.</summary>
    public required int PreparedFloats { get; init; }

    /// <summary>The places of the inputs, in order.</summary>
    public required IReadOnlyList<ObservedPlace> Inputs { get; init; }

    /// <summary>The places of the layers' values, in the order of the layers.</summary>
    public required IReadOnlyList<ObservedPlace> Layers { get; init; }
}

/// <summary>The place of a value in a block.</summary>
/// <param name="Offset">In floats.</param>
/// <param name="Stride">From one vector to the next.</param>
/// <param name="SampleStride">From one sample to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ObservedPlace(int Offset, int Stride, int SampleStride);
