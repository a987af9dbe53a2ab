using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>An image moved at random, in training only.</summary>
internal abstract record RandomMotionLayer(int Position, string Name, ImageMotion Motion) : UnaryLayer(Position, Name)
{
    protected sealed override Inference Infer(Shape input) => ImageAxes.Check(this, input, axes: 2) is { } problem ? problem : input;

    protected sealed override Op Lower(LayerBuilder builder, Op x) => builder.Add(new MoveImageOp(Motion, Position), x.Shape, "Forward", x);

    protected static ImageMotion Read(LayerArguments arguments, string kind, NumberSpan first, NumberSpan second)
    {
        FillMode fill = arguments.Enum("FillMode", FillMode.Reflect);
        if (fill != FillMode.Constant)
        {
            arguments.RefuseUnread("FillValue", "FillMode", nameof(FillMode.Constant), fill.ToString());
        }

        return new ImageMotion(
            kind,
            first,
            second,
            fill,
            arguments.Enum("Interpolation", Interpolation.Bilinear),
            arguments.Number("FillValue", NumberRange.Finite, fallback: 0f));
    }
}
