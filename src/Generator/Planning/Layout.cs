using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>
/// How a value lies, wherever that is: vectors one after another, each followed by padding or by nothing. Arranged otherwise it takes as many
/// floats.
/// </summary>
/// <param name="Vectors">Vectors a value: the product of all axes but the last.</param>
/// <param name="Columns">The last axis.</param>
/// <param name="Stride">Floats from one vector to the next.</param>
internal sealed record Layout(int Vectors, int Columns, int Stride)
{
    /// <summary>How its elements lie.</summary>
    public Arrangement Arrangement { get; init; }

    /// <summary>How many such values a sample has.</summary>
    public int PerSample { get; init; } = 1;

    /// <summary>The value, or slot of a loop, whose memory this one is, seen otherwise; null where it has its own.</summary>
    public int? Shows { get; init; }

    /// <summary>Floats from one value to the next: from sample to sample where each has one.</summary>
    public int SampleStride => checked(Vectors * Stride);

    /// <summary>Floats from the values of one sample to those of the next.</summary>
    public int SampleFloats => checked(PerSample * SampleStride);
}
