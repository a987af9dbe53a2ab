using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Its inputs one after another along an axis; <c>Axis</c> counts the batch axis as 0, or from the end below 0, as Keras does.</summary>
internal sealed record ConcatenateLayer(int Position, string Name, int Axis) : MergeLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Concatenate", "concatenate", static arguments =>
        new ConcatenateLayer(arguments.Position, arguments.Name, arguments.Int("Axis", fallback: -1)))
    { IsMerge = true };

    public override bool ChangesPositions => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) =>
        AxisOf(inputs[0].Rank) == 0 ? "it joins steps of one sequence to those of another" : null;

    public override Inference Infer(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Any(input => input.Rank != inputs[0].Rank))
        {
            return Mismatch(inputs, "have the same number of axes");
        }

        int rank = inputs[0].Rank;
        if (Axis == 0 || Axis > rank || Axis < -rank)
        {
            return Problem.At(At("Axis"), DiagnosticDescriptors.AxisOutOfRange, Name, "Axis", Number(rank), Number(Axis));
        }

        int joined = AxisOf(rank);
        if (inputs.Any(input => Enumerable.Range(0, rank).Any(axis => axis != joined && input[axis] != inputs[0][axis])))
        {
            return Mismatch(inputs, "be equal but for the axis they are joined along");
        }

        // What exceeds int exceeds the limits of memory, where it is reported.
        long size = inputs.Sum(input => (long)input[joined]);
        return inputs[0].With(joined, (int)Math.Min(size, int.MaxValue));
    }

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        int joined = AxisOf(builder.Output.Rank);
        return inputs.Skip(1).Aggregate(inputs[0], (first, second) => builder.Add(
            new ConcatenateOp(joined), first.Shape.With(joined, first.Shape[joined] + second.Shape[joined]), "Forward", first, second));
    }

    private int AxisOf(int rank) => Axis > 0 ? Axis - 1 : rank + Axis;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
