using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

internal enum MergeOperation
{
    Add,
    Subtract,
    Multiply,
    Average,
    Maximum,
    Minimum,
}

/// <summary>Elementwise over its inputs, from the first to the last; axes of size 1 and missing first axes are repeated, as in Keras.</summary>
internal sealed record ElementwiseMergeLayer(int Position, string Name, MergeOperation Operation) : MergeLayer(Position, Name)
{
    public static readonly LayerKind Add = Describe("add", MergeOperation.Add);
    public static readonly LayerKind Subtract = Describe("subtract", MergeOperation.Subtract);
    public static readonly LayerKind Multiply = Describe("multiply", MergeOperation.Multiply);
    public static readonly LayerKind Average = Describe("average", MergeOperation.Average);
    public static readonly LayerKind Maximum = Describe("maximum", MergeOperation.Maximum);
    public static readonly LayerKind Minimum = Describe("minimum", MergeOperation.Minimum);

    public override string Kind => Operation.ToString();

    public override Inference Infer(IReadOnlyList<Shape> inputs)
    {
        if (Operation == MergeOperation.Subtract && inputs.Count != 2)
        {
            string count = NumberText.Of(inputs.Count);
            return Problem.At(At(InputsArgument), DiagnosticDescriptors.MergeInputs, Name, "exactly 2", count);
        }

        Shape? shape = inputs[0];
        foreach (Shape input in inputs.Skip(1))
        {
            shape = shape is null ? null : Broadcast(shape, input);
        }

        return shape is null ? Mismatch("be equal, axes of size 1 and missing first axes apart") : shape;
    }

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        Op[] operands = [.. inputs.Select(input => Broadcast(builder, input))];
        var masks = new MergedMasks(builder, inputs);
        Op? joined = masks.Join();
        switch (Operation)
        {
            case MergeOperation.Average:
                return builder.Step(new Rescale(1f / operands.Length, 0f), "Forward", Merged(builder, operands));
            case MergeOperation.Multiply when joined is not null:
                return masks.Scaled(Merged(builder, masks.AreOne ? operands : WithOnes(masks, operands)), joined);
            case MergeOperation.Multiply:
                return Merged(builder, WithOnes(masks, operands));
            case MergeOperation.Maximum or MergeOperation.Minimum:
                return Extreme(builder, masks, operands);
            default:
                return Merged(builder, operands);
        }
    }

    private Op Merged(LayerBuilder builder, IReadOnlyList<Op> operands) =>
        operands.Skip(1).Aggregate(operands[0], (left, right) => builder.Step(StepOf(Operation), "Forward", left, right));

    // What is masked is no factor.
    private static Op[] WithOnes(MergedMasks masks, IReadOnlyList<Op> operands) => [.. operands.Select((operand, index) => masks.OrOne(masks[index], operand))];

    // What is masked gives way to the other value; where both are, the first stays.
    private Op Extreme(LayerBuilder builder, MergedMasks masks, IReadOnlyList<Op> operands)
    {
        Op y = operands[0];
        Op? mask = masks[0];
        for (int index = 1; index < operands.Count; index++)
        {
            Op other = masks.Choose(masks[index], operands[index], y);
            y = builder.Step(StepOf(Operation), "Forward", masks.Choose(mask, y, other), other);
            mask = masks.Either(mask, masks[index]);
        }

        return y;
    }

    private static Op Broadcast(LayerBuilder builder, Op input) => input.Shape == builder.Output
        ? input
        : builder.Add(new BroadcastOp(), builder.Output, "Broadcast", input);

    private static ElementwiseStep StepOf(MergeOperation operation) => operation switch
    {
        MergeOperation.Subtract => new SubtractValue(),
        MergeOperation.Multiply => new MultiplyValue(),
        MergeOperation.Maximum => new ExtremeOfValues(IsMaximum: true),
        MergeOperation.Minimum => new ExtremeOfValues(IsMaximum: false),
        _ => new AddValue(),
    };

    // Axes meet from the last to the first.
    private static Shape? Broadcast(Shape left, Shape right)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        int[] sizes = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int first = axis <= left.Rank ? left[left.Rank - axis] : 1;
            int second = axis <= right.Rank ? right[right.Rank - axis] : 1;
            if (first != second && first != 1 && second != 1)
            {
                return null;
            }

            sizes[rank - axis] = Math.Max(first, second);
        }

        return Shape.Of(sizes);
    }

    private static LayerKind Describe(string prefix, MergeOperation operation) => new(
        operation.ToString(), prefix, arguments => new ElementwiseMergeLayer(arguments.Position, arguments.Name, operation))
    { IsMerge = true };
}
