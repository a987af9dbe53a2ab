using System.ComponentModel;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <summary>One parameter and where it lies.</summary>
/// <param name="Name">Layer and part: <c>dense1/kernel</c>.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Offset">In floats, from the start of the arena.</param>
/// <param name="Arrangement">How it lies there.</param>
/// <param name="IsTrained">Whether the optimizer changes it; else only data does, as a moving average.</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="L1">The penalty on Σ|w|.</param>
/// <param name="L2">The penalty on Σw².</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterDescription(
    string Name,
    IReadOnlyList<int> Shape,
    int Offset,
    ParameterArrangement Arrangement,
    bool IsTrained,
    Initializer Initializer,
    float L1,
    float L2)
{
    /// <summary>The values of a stored row, where these are not those of the last axis: some of the last axes together.</summary>
    public int Columns { get; init; } = Shape[^1];

    /// <summary>Into how many parts of equal length a stored row is cut, each padded: the gates of a cell.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>The floats of a stored row, padding included.</summary>
    internal int StoredColumns => Parts * Panels.Padded(Columns / Parts);

    /// <summary>The input whose values, as ids, name all rows that a gradient touches; −1 where it may touch any.</summary>
    public int RowsByInput { get; init; } = -1;

    /// <summary>The part that starts at 1 whatever the initializer, as the forget gate's bias; −1 where none does.</summary>
    public int PartOfOnes { get; init; } = -1;

    /// <summary>The initializer's scale, where it takes one.</summary>
    public float InitializerScale { get; init; }

    /// <summary>The initializer's value, where it takes one.</summary>
    public float InitializerValue { get; init; }

    /// <summary>The initializer's divisor, where it takes one.</summary>
    public FanMode InitializerMode { get; init; }

    /// <summary>The initializer's distribution, where it takes one.</summary>
    public InitializerDistribution InitializerDistribution { get; init; }

    /// <summary>What it is brought back to after an update.</summary>
    public Constraint Constraint { get; init; }

    /// <summary>The least norm, where the constraint has one.</summary>
    public float ConstraintMin { get; init; }

    /// <summary>The greatest norm, where the constraint has one.</summary>
    public float ConstraintMax { get; init; }

    /// <summary>How far the constraint goes, where it can stop short.</summary>
    public float ConstraintRate { get; init; }
}

/// <summary>How a parameter lies in its arena; padding is zero.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterArrangement
{
    /// <summary>Vectors of the last axis, each padded to a multiple of 16 floats.</summary>
    Vectors,

    /// <summary>A matrix [inputs, units] as panels [units/16][inputs][16]; all axes but the last count as inputs.</summary>
    Panels,

    /// <summary>The transposed matrix [units, inputs] in such panels: of few units, each has a row of its own.</summary>
    TransposedPanels,
}
