using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>The memory of a stream, and where its outputs lie.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamDescription
{
    /// <summary>The length of its memory.</summary>
    public required int BlockFloats { get; init; }

    /// <summary>How much of that, from the beginning on, lasts from step to step.</summary>
    public required int LastingFloats { get; init; }

    /// <summary>The length of the arena of what comes from the parameters alone.</summary>
    public required int PreparedFloats { get; init; }

    /// <summary>The values of a step, of each input.</summary>
    public required IReadOnlyList<int> Frames { get; init; }

    /// <summary>Where the clock lies at whose ticks the outputs are new; −1 where they are at every step.</summary>
    public int Clock { get; init; } = -1;

    /// <summary>The outputs, in order.</summary>
    public required IReadOnlyList<StreamOutput> Outputs { get; init; }
}

/// <summary>The place of an output in the memory of a stream.</summary>
/// <param name="Offset">In floats.</param>
/// <param name="Vectors">Its vectors.</param>
/// <param name="Columns">Values of each.</param>
/// <param name="Stride">From one to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StreamOutput(int Offset, int Vectors, int Columns, int Stride);
