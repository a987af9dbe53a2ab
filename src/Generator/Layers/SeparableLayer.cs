using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>y = activation(each channel convolved by itself, then all of them mixed at every pixel, + bias).</summary>
internal sealed record SeparableLayer(
    int Position,
    string Name,
    int Filters,
    WindowSpec Window,
    int DepthMultiplier,
    Activation Function,
    bool UseBias,
    WeightSpec Depthwise,
    WeightSpec Pointwise,
    WeightSpec Bias) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind OfSignals = new("SeparableConv1D", "separable_conv1d", static arguments => Read(arguments, axes: 1));

    public static readonly LayerKind OfImages = new("SeparableConv2D", "separable_conv2d", static arguments => Read(arguments, axes: 2));

    public override string Kind => $"SeparableConv{Window.Axes}D";

    public override Activation Activation => Function;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Window.StreamObstacle("Valid");

    public override bool LooksBack => Window.Extent(0) > 1;

    public override Arrival Arrival => Window.Arrival;

    protected override Inference Infer(Shape input) => Window.Infer(this, input, Filters);

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        int channels = DepthwiseLayer.Times(input.Last, DepthMultiplier);
        yield return DepthwiseLayer.KernelOf("depthwise_kernel", Window, input.Last, DepthMultiplier, Depthwise);
        yield return new Weight(
            "pointwise_kernel", Shape.Of([.. ImageAxes.All(1, Window.Axes), channels, Filters]), Pointwise, Arrangement: ParameterArrangement.Panels)
        {
            Stored = Shape.Of(channels, Filters),
        };
        if (UseBias)
        {
            yield return new Weight("bias", Shape.Of(Filters), Bias);
        }
    }

    protected override long MultiplyAdds(Shape input, Shape output)
    {
        long channels = DepthwiseLayer.Times(input.Last, DepthMultiplier);
        return output.Rows * channels * (Window.Taps + Filters);
    }

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Shape spread = builder.Output.WithLast(x.Shape.Last * DepthMultiplier);
        Op y = DepthwiseLayer.Convolve(builder, Window, DepthMultiplier, x, builder.Weight("depthwise_kernel"), spread);
        y = builder.Contract(Contraction.Product(y.Shape, Filters), "Mix", y, builder.Weight("pointwise_kernel"));
        y = UseBias ? builder.Step(new AddBias(), "Mix", y, builder.Weight("bias")) : y;
        return builder.Activate(ActivationFunction.Of(Function), "Activation", y);
    }

    private static SeparableLayer Read(LayerArguments arguments, int axes) => new(
        arguments.Position,
        arguments.Name,
        arguments.Units("filters"),
        ConvolutionArguments.Window(arguments, axes, allowsCausal: false, allowsBoth: true),
        arguments.Count("DepthMultiplier"),
        arguments.Enum("activation", Activation.Linear),
        arguments.Bool("UseBias", fallback: true),
        ConvolutionArguments.Kernel(arguments, "Depthwise"),
        ConvolutionArguments.Kernel(arguments, "Pointwise"),
        arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros));
}
