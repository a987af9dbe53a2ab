using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A layer that makes one value of several.</summary>
internal abstract record MergeLayer(int Position, string Name) : Layer(Position, Name)
{
    /// <summary>The argument that names the values.</summary>
    public const string InputsArgument = "inputs";

    /// <summary>What is wrong with shapes that do not go together.</summary>
    /// <param name="inputs">The shapes.</param>
    /// <param name="needed">What they must have, after "must".</param>
    protected Problem Mismatch(IReadOnlyList<Shape> inputs, string needed) => Problem.At(
        At(InputsArgument),
        DiagnosticDescriptors.MergedShapes,
        Name,
        needed,
        string.Join(" and ", inputs.Select(static input => $"({input})")));
}
