using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>One parameter and where it lies.</summary>
/// <param name="Name">Layer and part: <c>dense1/kernel</c>.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Offset">In floats, from the start of the arena. A matrix is stored as panels of 16 columns, padded with zeros.</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="L1">The penalty on Σ|w|.</param>
/// <param name="L2">The penalty on Σw².</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterDescription(
    string Name, IReadOnlyList<int> Shape, int Offset, Initializer Initializer, float L1, float L2);
