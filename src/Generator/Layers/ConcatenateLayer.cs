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
            return Mismatch("have the same number of axes");
        }

        int rank = inputs[0].Rank;
        if (Axis == 0 || Axis > rank || Axis < -rank)
        {
            return Problem.At(At("Axis"), DiagnosticDescriptors.AxisOutOfRange, Name, "Axis", NumberText.Of(rank), NumberText.Of(Axis));
        }

        int joined = AxisOf(rank);
        if (inputs.Any(input => Enumerable.Range(0, rank).Any(axis => axis != joined && input[axis] != inputs[0][axis])))
        {
            return Mismatch("be equal but for the axis they are joined along");
        }

        // What exceeds int exceeds the limits of memory, where it is reported.
        long size = inputs.Sum(input => (long)input[joined]);
        return inputs[0].With(joined, (int)Math.Min(size, int.MaxValue));
    }

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        int joined = AxisOf(builder.Output.Rank);
        JoinMasks(builder, inputs, joined);
        return inputs.Skip(1).Aggregate(inputs[0], (first, second) => builder.Add(
            new ConcatenateOp(joined), first.Shape.With(joined, first.Shape[joined] + second.Shape[joined]), "Forward", first, second));
    }

    // Steps behind each other keep their masks; side by side they count where one of them does, and always beside what has no mask.
    private void JoinMasks(LayerBuilder builder, IReadOnlyList<Op> inputs, int joined)
    {
        Op?[] masks = [.. inputs.Select((_, index) => builder.MaskOf(index))];
        bool isKept = joined == 0 ? masks.Any(static mask => mask is not null) : masks.All(static mask => mask is not null);
        if (builder.Output.Rank != 2 || !isKept)
        {
            return;
        }

        IEnumerable<Op> all = masks.Select((mask, index) => mask ?? builder.Add(new FillOp(1f), Shape.Of(inputs[index].Shape[0]), "Unmasked", inputs[index]));
        builder.SetMask(all.Aggregate((first, second) => joined == 0
            ? builder.Add(new ConcatenateOp(0), Shape.Of(first.Shape[0] + second.Shape[0]), "Mask", first, second)
            : builder.Step(new ExtremeOfValues(IsMaximum: true), "Mask", first, second)));
    }

    private int AxisOf(int rank) => Axis > 0 ? Axis - 1 : rank + Axis;
}
