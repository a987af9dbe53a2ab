using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Zeros around a signal or an image, or its edges cut off.</summary>
/// <param name="Sign">1 to add, −1 to cut off.</param>
/// <param name="Before">Before the first element of each axis.</param>
/// <param name="After">After the last one.</param>
internal sealed record MarginsLayer(int Position, string Name, int Sign, EquatableArray<int> Before, EquatableArray<int> After)
    : UnaryLayer(Position, Name)
{
    public static readonly LayerKind ZerosOfSignals = new("ZeroPadding1D", "zero_padding1d", static arguments => ReadPair(arguments, sign: 1));

    public static readonly LayerKind ZerosOfImages = new("ZeroPadding2D", "zero_padding2d", static arguments => Read(arguments, "padding", 1, fallback: 1));

    public static readonly LayerKind CutOfSignals = new("Cropping1D", "cropping1d", static arguments => ReadPair(arguments, sign: -1));

    public static readonly LayerKind CutOfImages = new("Cropping2D", "cropping2d", static arguments => Read(arguments, "cropping", -1, fallback: 0));

    public override string Kind => $"{(Sign > 0 ? "ZeroPadding" : "Cropping")}{Before.Count}D";

    protected override Inference Infer(Shape input)
    {
        if (Sign > 0 && Before.Count == 1 && input.Rank != 2)
        {
            return Problem.At(
                At(), DiagnosticDescriptors.PaddingNeedsTwoAxes, Name, NumberText.Of(input.Rank));
        }

        if (ImageAxes.Check(this, input, Before.Count) is Problem problem)
        {
            return problem;
        }

        long[] sizes = [.. Before.Select((before, axis) => input[axis] + (Sign * ((long)before + After[axis])))];
        return sizes.Any(static size => size < 1)
            ? Problem.At(Before.Count == 1 ? At() : At("cropping"), DiagnosticDescriptors.NothingIsLeft, Name, input.ToString())
            : Shape.Of([.. sizes.Select(static size => (int)Math.Min(size, int.MaxValue)), input.Last]);
    }

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Placement rows = new(Before.Count == 1 ? 0 : Before[0]);
        Placement columns = new(Before[Before.Count - 1]);
        OpKind kind = Sign > 0 ? new PlaceOp(rows, columns) : new PickOp(rows, columns);
        return builder.Add(kind, builder.Output, "Forward", x);
    }

    private static MarginsLayer ReadPair(LayerArguments arguments, int sign) => new(
        arguments.Position,
        arguments.Name,
        sign,
        EquatableArray.Of(arguments.Rows("left", fallback: 1)),
        EquatableArray.Of(arguments.Rows("right", fallback: 1)));

    // One number for all four sides, one for each axis, or top, bottom, left and right.
    private static MarginsLayer Read(LayerArguments arguments, string name, int sign, int fallback)
    {
        if (arguments.Numbers(name) is { Count: 4 } sides && sides.All(static side => side >= 0))
        {
            return new MarginsLayer(
                arguments.Position, arguments.Name, sign, EquatableArray.Of(sides[0], sides[2]), EquatableArray.Of(sides[1], sides[3]));
        }

        EquatableArray<int> axes = ImageAxes.Read(
            arguments, name, 2, ImageAxes.All(fallback, 2), least: 0, "one number, one for each of the two axes, or one for each of the four sides");
        return new MarginsLayer(arguments.Position, arguments.Name, sign, axes, axes);
    }
}
