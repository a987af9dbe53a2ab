using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A signal or an image whole factors larger.</summary>
internal sealed record UpSamplingLayer(int Position, string Name, EquatableArray<int> Factors, Interpolation Interpolation) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind OfSignals = new("UpSampling1D", "up_sampling1d", static arguments => Read(arguments, axes: 1));

    public static readonly LayerKind OfImages = new("UpSampling2D", "up_sampling2d", static arguments => Read(arguments, axes: 2));

    public override string Kind => $"UpSampling{Factors.Count}D";

    protected override Inference Infer(Shape input) => ImageAxes.Check(this, input, Factors.Count) is Problem problem
        ? problem
        : Shape.Of([.. Factors.Select((factor, axis) => DepthwiseLayer.Times(input[axis], factor)), input.Last]);

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        (int rows, int columns) = Factors.Count == 1 ? (1, Factors[0]) : (Factors[0], Factors[1]);
        return builder.Add(new ResizeOp(rows, columns, Interpolation), builder.Output, "Forward", x);
    }

    private static UpSamplingLayer Read(LayerArguments arguments, int axes) => new(
        arguments.Position,
        arguments.Name,
        ImageAxes.Read(arguments, "size", axes, ImageAxes.All(2, axes)),
        arguments.Enum("Interpolation", Interpolation.Nearest));
}
