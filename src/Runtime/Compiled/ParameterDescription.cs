using System.ComponentModel;

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
    float L2);

/// <summary>How a parameter lies in its arena; padding is zero.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterArrangement
{
    /// <summary>Vectors of the last axis, each padded to a multiple of 16 floats.</summary>
    Vectors,

    /// <summary>A matrix [inputs, units] as panels [units/16][inputs][16].</summary>
    Panels,
}
