using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Axes in another order; <c>Axes</c> counts from 1 as Keras does.</summary>
internal sealed record PermuteLayer(int Position, string Name, EquatableArray<int> Axes) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Permute", "permute", static arguments => new PermuteLayer(
        arguments.Position, arguments.Name, arguments.Numbers("dims") ?? default));

    public override bool ChangesPositions => true;

    protected override Inference Infer(Shape input)
    {
        if (Axes.OrderBy(static axis => axis).SequenceEqual(Enumerable.Range(1, input.Rank)))
        {
            return new Shape(Axes.Select(axis => input[axis - 1]).ToEquatableArray());
        }

        return Problem.At(
            At(),
            DiagnosticDescriptors.NoPermutation,
            Name,
            NumberText.Of(input.Rank),
            $"({string.Join(", ", Axes.Select(static axis => NumberText.Of(axis)))})");
    }

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Add(
        new PermuteOp(Axes.Select(static axis => axis - 1).ToEquatableArray()), builder.Output, "Forward", x);
}
