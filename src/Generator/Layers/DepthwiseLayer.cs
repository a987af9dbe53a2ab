using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>y = activation(each channel convolved by itself, with some kernels, + bias).</summary>
internal sealed record DepthwiseLayer(
    int Position,
    string Name,
    WindowSpec Window,
    int DepthMultiplier,
    Activation Function,
    bool UseBias,
    WeightSpec Kernel,
    WeightSpec Bias) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind OfSignals = new("DepthwiseConv1D", "depthwise_conv1d", static arguments => Read(arguments, axes: 1));

    public static readonly LayerKind OfImages = new("DepthwiseConv2D", "depthwise_conv2d", static arguments => Read(arguments, axes: 2));

    public override string Kind => $"DepthwiseConv{Window.Axes}D";

    public override Activation Activation => Function;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Window.StreamObstacle("Valid");

    public override bool LooksBack => Window.Extent(0) > 1;

    public override Arrival Arrival => Window.Arrival;

    /// <summary>The kernel of a depthwise convolution: [window, channels, multiplier], stored as one row of all outputs a tap.</summary>
    public static Weight KernelOf(string part, WindowSpec window, int channels, int multiplier, WeightSpec spec) =>
        new(part, Shape.Of([.. window.Size, channels, multiplier]), spec) { Stored = Shape.Of(window.Taps, Times(channels, multiplier)) };

    /// <summary>The operations of a depthwise convolution: the outputs of channel 0 first.</summary>
    public static Op Convolve(LayerBuilder builder, WindowSpec window, int multiplier, Op x, Op w, Shape output)
    {
        if (multiplier > 1)
        {
            x = builder.Add(new RepeatChannelsOp(multiplier), x.Shape.WithLast(x.Shape.Last * multiplier), "Channels", x);
        }

        (window, x) = builder.Under(window, x);
        return builder.Contract(Contraction.Depthwise(window.Over(x.Shape), output), "Forward", x, w);
    }

    protected override Inference Infer(Shape input) => Window.Infer(this, input, Times(input.Last, DepthMultiplier));

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        yield return KernelOf("kernel", Window, input.Last, DepthMultiplier, Kernel);
        if (UseBias)
        {
            yield return new Weight("bias", Shape.Of(Times(input.Last, DepthMultiplier)), Bias);
        }
    }

    protected override long MultiplyAdds(Shape input, Shape output) => output.Size * Window.Taps;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Op y = Convolve(builder, Window, DepthMultiplier, x, builder.Weight("kernel"), builder.Output);
        y = UseBias ? builder.Step(new AddBias(), "Forward", y, builder.Weight("bias")) : y;
        return builder.Activate(ActivationFunction.Of(Function), "Activation", y);
    }

    // What exceeds int exceeds the limits of memory, where it is reported.
    public static int Times(int channels, int multiplier) => (int)Math.Min((long)channels * multiplier, int.MaxValue);

    private static DepthwiseLayer Read(LayerArguments arguments, int axes) => new(
        arguments.Position,
        arguments.Name,
        ConvolutionArguments.Window(arguments, axes, allowsCausal: false, allowsBoth: true),
        arguments.Count("DepthMultiplier"),
        arguments.Enum("activation", Activation.Linear),
        arguments.Bool("UseBias", fallback: true),
        ConvolutionArguments.Kernel(arguments, "Depthwise"),
        arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros));
}
