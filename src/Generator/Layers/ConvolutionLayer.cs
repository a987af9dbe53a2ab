using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>y = activation(convolution of x with the kernel + bias), of signals and of images.</summary>
internal sealed record ConvolutionLayer(
    int Position,
    string Name,
    int Filters,
    WindowSpec Window,
    int Groups,
    Activation Function,
    bool UseBias,
    WeightSpec Kernel,
    WeightSpec Bias) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind OfSignals = new("Conv1D", "conv1d", static arguments => Read(arguments, axes: 1));

    public static readonly LayerKind OfImages = new("Conv2D", "conv2d", static arguments => Read(arguments, axes: 2));

    public override string Kind => $"Conv{Window.Axes}D";

    public override Activation Activation => Function;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Window.StreamObstacle("Causal or Valid");

    public override bool LooksBack => Window.Extent(0) > 1;

    public override Arrival Arrival => Window.Arrival;

    protected override Inference Infer(Shape input)
    {
        Inference output = Window.Infer(this, input, Filters);
        return output.Problem is null && ConvolutionArguments.CheckGroups(this, Groups, input.Last) is Problem problem ? problem : output;
    }

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        int channels = input.Last / Groups;
        yield return new Weight("kernel", Shape.Of([.. Window.Size, channels, Filters]), Kernel, Arrangement: ParameterArrangement.Panels)
        {
            Stored = Shape.Of(DepthwiseLayer.Times(Window.Taps, channels), Filters),
        };
        if (UseBias)
        {
            yield return new Weight("bias", Shape.Of(Filters), Bias);
        }
    }

    protected override long MultiplyAdds(Shape input, Shape output) => output.Size * Window.Taps * (input.Last / Groups);

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        (WindowSpec window, x) = builder.Under(Window, x);
        Op y = builder.Contract(Contraction.Convolution(window.Over(x.Shape), x.Shape, builder.Output, Groups), "Forward", x, builder.Weight("kernel"));
        y = UseBias ? builder.Step(new AddBias(), "Forward", y, builder.Weight("bias")) : y;
        return builder.Activate(ActivationFunction.Of(Function), "Activation", y);
    }

    private static ConvolutionLayer Read(LayerArguments arguments, int axes)
    {
        int filters = arguments.Units("filters");
        return new ConvolutionLayer(
            arguments.Position,
            arguments.Name,
            filters,
            ConvolutionArguments.Window(arguments, axes, allowsCausal: axes == 1, allowsBoth: false),
            ConvolutionArguments.Groups(arguments, filters),
            arguments.Enum("activation", Activation.Linear),
            arguments.Bool("UseBias", fallback: true),
            ConvolutionArguments.Kernel(arguments, "Kernel"),
            arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros));
    }
}
