using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Masks the steps whose features all are one value: they become 0, and the layers behind pass over them.</summary>
internal sealed record MaskingLayer(int Position, string Name, float MaskValue) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Masking", "masking", static arguments =>
        new MaskingLayer(arguments.Position, arguments.Name, arguments.Number("maskValue", NumberRange.Finite, fallback: 0f)));

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    protected override Inference Infer(Shape input) => ImageAxes.Check(this, input, axes: 1) is Diagnostics.Problem problem ? problem : input;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Op mask = builder.Add(new StepMaskOp(MaskValue), Shape.Of(x.Shape[0]), "Mask", x);
        builder.SetMask(mask);
        return builder.Add(new ScaleStepsOp(), x.Shape, "Forward", x, mask);
    }
}
