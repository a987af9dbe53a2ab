using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A layer that makes one value of several.</summary>
internal abstract record MergeLayer(int Position, string Name) : Layer(Position, Name)
{
    /// <summary>The argument that names the values.</summary>
    public const string InputsArgument = "inputs";

    /// <summary>Says of shapes that do not go together what they are. A layer knows what it reads by its shape, not by its name.</summary>
    /// <param name="problem">What is wrong with a layer; returned as it is where it is anything else.</param>
    /// <param name="names">The names of what the layer reads.</param>
    /// <param name="shapes">The shapes.</param>
    public static Problem WithInputs(Problem problem, IEnumerable<string> names, IEnumerable<Shape> shapes)
    {
        string inputs = string.Join(" and ", names.Zip(shapes, static (name, shape) => $"{name} is ({shape})"));
        return problem.Id == DiagnosticDescriptors.MergedShapes.Id ? problem with { Arguments = problem.Arguments.Append(inputs).ToEquatableArray() } : problem;
    }

    /// <summary>What is wrong with shapes that do not go together, until <see cref="WithInputs"/> adds what they are.</summary>
    /// <param name="needed">What they must have, after "must".</param>
    protected Problem Mismatch(string needed) => Problem.At(At(InputsArgument), DiagnosticDescriptors.MergedShapes, Name, needed);
}
