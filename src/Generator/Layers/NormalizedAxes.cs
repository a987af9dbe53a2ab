using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The axes a normalization works on, counted as Keras does: the batch is axis 0, −1 is the last one.</summary>
internal sealed record NormalizedAxes(EquatableArray<int> Axes)
{
    public static readonly NormalizedAxes Last = new(EquatableArray.Of(-1));

    /// <summary>Those of an argument that is one number or several.</summary>
    public static NormalizedAxes Read(LayerArguments arguments) =>
        new(arguments.Numbers("Axis") ?? EquatableArray.Of(arguments.Int("Axis", fallback: -1)));

    /// <summary>What is wrong with axes that the input does not have.</summary>
    public Problem? Check(Layer layer, Shape input)
    {
        int[] found = Resolve(input);
        return found.Length > 0 && found.All(axis => axis >= 0 && axis < input.Rank) && found.Distinct().Count() == found.Length ? null : Problem.At(
            Place.Layer(layer.Position, "Axis"),
            DiagnosticDescriptors.AxesOutOfRange,
            layer.Name,
            "Axis",
            NumberText.Of(input.Rank),
            ImageAxes.List(Axes));
    }

    /// <summary>Why steps cannot be normalized one by one: the axes are not the last one.</summary>
    public string? StreamObstacle(Shape input) =>
        Resolve(input).SequenceEqual([input.Rank - 1]) ? null : "it normalizes over steps; Axis must be the last axis";

    /// <summary>The sizes of these axes: the shape of what belongs to them.</summary>
    public Shape Of(Shape input) => Shape.Of([.. Resolve(input).Select(axis => input[axis])]);

    /// <summary>Works on x with these axes brought together at the end, and brings them back.</summary>
    /// <param name="builder">Receives the operations.</param>
    /// <param name="x">The input.</param>
    /// <param name="work">From a value whose last axis is these axes to one of the same shape.</param>
    public Op Apply(LayerBuilder builder, Op x, Func<Op, Op> work)
    {
        int[] own = Resolve(x.Shape);
        int[] order = [.. Enumerable.Range(0, x.Shape.Rank).Except(own), .. own];
        bool isMoved = !order.SequenceEqual(Enumerable.Range(0, order.Length));
        var moved = new Shape(order.Select(axis => x.Shape[axis]).ToEquatableArray());
        Shape merged = Shape.Of([.. moved.Sizes.Take(order.Length - own.Length), checked((int)Of(x.Shape).Size)]);
        Op value = isMoved ? builder.Add(new PermuteOp(order.ToEquatableArray()), moved, "AxesLast", x) : x;
        value = own.Length > 1 ? builder.Add(new ReshapeOp(), merged, "AxesMerged", value) : value;
        value = work(value);
        value = own.Length > 1 ? builder.Add(new ReshapeOp(), moved, "AxesSplit", value) : value;
        return isMoved ? builder.Add(new PermuteOp(Inverse(order)), x.Shape, "AxesBack", value) : value;
    }

    // In the order of the input, from 0 on and without the batch.
    private int[] Resolve(Shape input) => [.. Axes.Select(axis => axis < 0 ? input.Rank + axis : axis - 1).OrderBy(static axis => axis)];

    private static EquatableArray<int> Inverse(int[] order)
    {
        int[] inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
        {
            inverse[order[axis]] = axis;
        }

        return inverse.ToEquatableArray();
    }
}
