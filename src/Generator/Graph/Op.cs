using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>One operation and the value it computes. Operations of a graph stand in topological order.</summary>
/// <param name="Id">The value's name; other operations refer to it by this number.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Inputs">The operands' ids, in the order the kind defines.</param>
/// <param name="Shape">The value's shape: of one sample, or of a parameter.</param>
/// <param name="Scope">Whether there is one value a sample or one a step.</param>
/// <param name="Label">Which layer it belongs to and what it does there: names the emitted kernel.</param>
internal sealed record Op(int Id, OpKind Kind, EquatableArray<int> Inputs, Shape Shape, OpScope Scope, OpLabel Label)
{
    /// <summary>
    /// How many such values a sample has: one, or one for each step that a block is applied to. Kernels take them for so many samples more.
    /// </summary>
    public int PerSample { get; init; } = 1;

    /// <summary>What the value's elements are, as <see cref="OpKind.ElementOf"/> says of the operands'.</summary>
    public ElementType Element { get; init; }
}

/// <summary>Where a value lives: one for each sample of the batch, or one for the whole step.</summary>
internal enum OpScope
{
    Sample,
    Step,
}

/// <summary>The layer an operation came from and its part in it: <c>dense1</c>, <c>KernelGradient</c>.</summary>
internal sealed record OpLabel(string Layer, string Role);

/// <summary>A parameter of the network, as the graph sees it.</summary>
/// <param name="Name">The public name: <c>dense1/kernel</c>.</param>
/// <param name="Arrangement">How it lies in memory.</param>
/// <param name="IsTrained">Whether an optimizer changes it; else only data does.</param>
internal sealed record ParameterSpec(
    string Name, Shape Shape, InitializerSpec Initializer, Penalty Penalty, ConstraintSpec Constraint, ParameterArrangement Arrangement, bool IsTrained)
{
    /// <summary>The shape it has in the graph: the same values, row-major.</summary>
    public Shape Stored { get; init; } = Shape;

    /// <summary>Into how many parts of equal length a row is cut, each padded: the gates of a cell.</summary>
    public int Parts { get; init; } = 1;
}

internal enum ParameterArrangement
{
    /// <summary>Vectors of the last axis, each padded.</summary>
    Vectors,

    /// <summary>A matrix in panels of columns, for products.</summary>
    Panels,

    /// <summary>The transposed matrix in panels of its columns: of few units, each has its row.</summary>
    TransposedPanels,
}
