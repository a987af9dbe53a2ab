using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>One parameter of a layer.</summary>
/// <param name="Part">Its name in the layer: <c>kernel</c>.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Spec">How it starts, what it costs, what it is brought back to.</param>
/// <param name="IsTrained">Whether an optimizer changes it; else only data does.</param>
/// <param name="Arrangement">How it lies in memory.</param>
internal sealed record Weight(
    string Part, Shape Shape, WeightSpec Spec, bool IsTrained = true, ParameterArrangement Arrangement = ParameterArrangement.Vectors)
{
    /// <summary>The shape it has in the graph: the same values, row-major.</summary>
    public Shape Stored { get; init; } = Shape;

    /// <summary>Into how many parts of equal length a row is cut, each padded: the gates of a cell.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>The kernel [inputs, units] of a product: of few units, stored transposed. A norm is taken down the columns of panels.</summary>
    public static Weight OfKernel(Shape shape, WeightSpec spec) =>
        NarrowKernel.IsStoredAsRows(shape[0], shape[1]) && spec.Constraint.Kind is Constraint.None or Constraint.NonNeg
            ? new Weight("kernel", shape, spec, Arrangement: ParameterArrangement.TransposedPanels) { Stored = Shape.Of(shape[1], shape[0]) }
            : new Weight("kernel", shape, spec, Arrangement: ParameterArrangement.Panels);

    /// <summary>A trained parameter with a row of gates behind each other.</summary>
    public static Weight OfGates(string part, Shape shape, int gates, WeightSpec spec, ParameterArrangement arrangement) => new(part, shape, spec, Arrangement: arrangement)
    {
        // What exceeds int has too many values, which is reported.
        Stored = gates == 1 ? shape : shape.WithLast((int)Math.Min(int.MaxValue, gates * Shape.Padded(shape.Last / gates))),
        Parts = gates,
    };

    /// <summary>A trained parameter whose values belong to one vector.</summary>
    public static Weight OfVector(string part, Shape shape, WeightSpec spec) => new(part, shape, spec) { Stored = Shape.Of(checked((int)shape.Size)) };
}
