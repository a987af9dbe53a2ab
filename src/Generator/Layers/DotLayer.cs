using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>
/// Sums of products of two values along an axis of each; <c>Axes</c> count the batch axis as 0, or from the end below 0, as Keras does.
/// </summary>
internal sealed record DotLayer(int Position, string Name, EquatableArray<int> Axes, bool Normalize) : MergeLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Dot", "dot", static arguments => new DotLayer(
        arguments.Position,
        arguments.Name,
        arguments.Numbers("Axes") ?? EquatableArray.Of(-1),
        arguments.Bool("Normalize", fallback: false)))
    { IsMerge = true };

    private const int MostAxes = 2;

    public override bool ChangesPositions => true;

    public override Inference Infer(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2)
        {
            return Problem.At(At(InputsArgument), DiagnosticDescriptors.MergeInputs, Name, "exactly 2", NumberText.Of(inputs.Count));
        }

        if (inputs.Any(static input => input.Rank > MostAxes))
        {
            return Mismatch("have one or two axes");
        }

        for (int i = 0; i < 2; i++)
        {
            int axis = Axes.Count is 1 or 2 ? Given(i) : 0;
            if (axis == 0 || axis > inputs[i].Rank || axis < -inputs[i].Rank)
            {
                string axes = Axes.Count == 0 ? "none" : string.Join(", ", Axes.Select(static axis => NumberText.Of(axis)));
                return Problem.At(At("Axes"), DiagnosticDescriptors.AxisOutOfRange, Name, "Axes", NumberText.Of(inputs[i].Rank), axes);
            }
        }

        if (inputs[0][AxisOf(inputs, 0)] != inputs[1][AxisOf(inputs, 1)])
        {
            return Mismatch("have the same size along the axes that are summed over");
        }

        int[] sizes = [.. inputs.SelectMany((input, i) => input.Sizes.Where((_, axis) => axis != AxisOf(inputs, i)))];
        return Shape.Of(sizes.Length == 0 ? [1] : sizes);
    }

    public override long MultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => output.Size * inputs[0][AxisOf(inputs, 0)];

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        Shape[] shapes = [.. inputs.Select(static input => input.Shape)];
        int[] axes = [AxisOf(shapes, 0), AxisOf(shapes, 1)];
        Op[] operands = [.. inputs];

        // Sums along a column of the one and a row of the other would find no two values one after another.
        bool crosses = axes[0] < shapes[0].Rank - 1 && axes[1] == shapes[1].Rank - 1;
        for (int i = 0; i < operands.Length; i++)
        {
            if (Normalize || (crosses && i == 0))
            {
                operands[i] = AlongRows(builder, operands[i], axes[i]);
                axes[i] = shapes[i].Rank - 1;
            }

            operands[i] = Normalize ? builder.Add(new UnitNormalizeOp(), operands[i].Shape, "Normalize", operands[i]) : operands[i];
        }

        return builder.Contract(Contraction.Along(operands[0].Shape, axes[0], operands[1].Shape, axes[1]), "Forward", operands[0], operands[1]);
    }

    private static Op AlongRows(LayerBuilder builder, Op x, int axis) => axis == x.Shape.Rank - 1
        ? x
        : builder.Add(new PermuteOp(EquatableArray.Of(1, 0)), Shape.Of(x.Shape[1], x.Shape[0]), "Permute", x);

    private int Given(int input) => Axes[Math.Min(input, Axes.Count - 1)];

    private int AxisOf(IReadOnlyList<Shape> inputs, int input) => Given(input) > 0 ? Given(input) - 1 : inputs[input].Rank + Given(input);
}
