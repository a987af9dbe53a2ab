using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>One row of the summary.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">Its kind: <c>Dense</c>.</param>
/// <param name="Inputs">The names of the layers and inputs it reads.</param>
/// <param name="OutputShape">The shape of its output, batch axis left out.</param>
/// <param name="ParameterCount">How many numbers it has to learn.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerDescription(string Name, string Kind, IReadOnlyList<string> Inputs, IReadOnlyList<int> OutputShape, long ParameterCount)
{
    /// <summary>The activation whose value it gives.</summary>
    public Activation Activation { get; init; }
}
