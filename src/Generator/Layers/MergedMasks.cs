using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>
/// The masks of values that meet element by element, as in Keras 3: where all of them have one, a step of the result counts where it counts in any; beside
/// a value without a mask all steps count.
/// </summary>
/// <param name="builder">Receives the operations.</param>
/// <param name="inputs">What the layer reads.</param>
internal sealed class MergedMasks(LayerBuilder builder, IReadOnlyList<Op> inputs)
{
    // Axes meet from the last to the first: the steps of what has fewer axes are not those of the result.
    private readonly Op?[] _masks = [.. inputs.Select((input, index) =>
        builder.MaskOf(index) is Op mask && input.Shape.Rank == builder.Output.Rank ? Repeated(builder, mask) : null)];

    /// <summary>The mask of one input, for the steps of the result; null where it has none.</summary>
    public Op? this[int input] => _masks[input];

    /// <summary>Whether all inputs have one and the same.</summary>
    public bool AreOne => _masks[0] is not null && _masks.All(mask => mask == _masks[0]);

    /// <summary>Gives the result its mask, where it has one.</summary>
    public Op? Join()
    {
        Op? joined = _masks.Skip(1).Aggregate(_masks[0], Either);
        if (joined is not null)
        {
            builder.SetMask(joined);
        }

        return joined;
    }

    /// <summary>The mask of what is made of two values.</summary>
    public Op? Either(Op? left, Op? right) =>
        left is null || right is null ? null
        : left == right ? left
        : builder.Step(new ExtremeOfValues(IsMaximum: true), "Mask", left, right);

    /// <summary>A value at the steps that count, and another where they are masked.</summary>
    public Op Choose(Op? mask, Op x, Op other) => mask is null ? x : builder.Step(new AddValue(), "Chosen", Scaled(x, mask), Scaled(other, Inverse(mask)));

    /// <summary>A value at the steps that count, and 1 where they are masked.</summary>
    public Op OrOne(Op? mask, Op x)
    {
        if (mask is null)
        {
            return x;
        }

        Shape column = Shape.Of([mask.Shape[0], .. Enumerable.Repeat(1, x.Shape.Rank - 1)]);
        Op ones = builder.Add(new BroadcastOp(), x.Shape, "Ones", builder.Add(new ReshapeOp(), column, "Ones", Inverse(mask)));
        return builder.Step(new AddValue(), "Chosen", Scaled(x, mask), ones);
    }

    /// <summary>A value at the steps that count, and 0 where they are masked.</summary>
    public Op Scaled(Op x, Op mask) => builder.Add(new ScaleStepsOp(), x.Shape, "Counted", x, mask);

    private Op Inverse(Op mask) => builder.Step(new Rescale(-1f, 1f), "Masked", mask);

    private static Op Repeated(LayerBuilder builder, Op mask)
    {
        var steps = Shape.Of(builder.Output[0]);
        return mask.Shape == steps ? mask : builder.Add(new BroadcastOp(), steps, "Mask", mask);
    }
}
