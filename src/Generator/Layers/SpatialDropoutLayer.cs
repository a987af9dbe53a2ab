using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>In training each channel of a sample is 0 as a whole with probability <c>Rate</c>, else scaled by 1/(1 − Rate).</summary>
internal sealed record SpatialDropoutLayer(int Position, string Name, int Axes, float Rate) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind OfSignals = new("SpatialDropout1D", "spatial_dropout1d", static arguments => Read(arguments, axes: 1));

    public static readonly LayerKind OfImages = new("SpatialDropout2D", "spatial_dropout2d", static arguments => Read(arguments, axes: 2));

    public override string Kind => $"SpatialDropout{Axes}D";

    protected override Inference Infer(Shape input) => ImageAxes.Check(this, input, Axes) is Problem problem ? problem : input;

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x) =>
        Rate == 0f ? x : builder.Step(new DropoutStep(Rate, Position) { OfChannels = true }, "Forward", x);

    private static SpatialDropoutLayer Read(LayerArguments arguments, int axes) =>
        new(arguments.Position, arguments.Name, axes, arguments.DropRate("rate"));
}
