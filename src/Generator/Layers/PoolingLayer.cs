using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The greatest value or the mean of each channel under a window.</summary>
internal sealed record PoolingLayer(int Position, string Name, Pooling Pooling, WindowSpec Window) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind MaxOfSignals = new("MaxPooling1D", "max_pooling1d", static arguments => Read(arguments, Pooling.Max, axes: 1));

    public static readonly LayerKind MaxOfImages = new("MaxPooling2D", "max_pooling2d", static arguments => Read(arguments, Pooling.Max, axes: 2));

    public static readonly LayerKind AverageOfSignals =
        new("AveragePooling1D", "average_pooling1d", static arguments => Read(arguments, Pooling.Average, axes: 1));

    public static readonly LayerKind AverageOfImages =
        new("AveragePooling2D", "average_pooling2d", static arguments => Read(arguments, Pooling.Average, axes: 2));

    public override string Kind => $"{Pooling}Pooling{Window.Axes}D";

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Window.StreamObstacle("Valid");

    public override bool LooksBack => Window.Extent(0) > 1;

    public override Arrival Arrival => Window.Arrival;

    protected override Inference Infer(Shape input) => Window.Infer(this, input, input.Last);

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        (WindowSpec window, x) = builder.Under(Window, x);
        return builder.Add(new PoolOp(Pooling, window.Over(x.Shape)), builder.Output, "Forward", x);
    }

    private static PoolingLayer Read(LayerArguments arguments, Pooling pooling, int axes)
    {
        EquatableArray<int> size = ImageAxes.Read(arguments, "poolSize", axes, ImageAxes.All(2, axes));
        EquatableArray<int> strides = arguments.Numbers("Strides") is { Count: > 0 } ? ImageAxes.Read(arguments, "Strides", axes, size) : size;
        Padding padding = arguments.Enum("Padding", Padding.Valid);
        if (padding == Padding.Causal)
        {
            arguments.Add(Problem.At(arguments.At("Padding"), DiagnosticDescriptors.CausalPadding, arguments.Name));
            padding = Padding.Valid;
        }

        return new PoolingLayer(
            arguments.Position, arguments.Name, pooling, new WindowSpec(size, strides, ImageAxes.All(1, axes), padding) { Argument = "poolSize" });
    }
}
