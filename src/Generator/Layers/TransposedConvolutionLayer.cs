using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>y = activation(the adjoint of a convolution + bias): each pixel of x adds its kernel to a window of y.</summary>
/// <param name="OutputPadding">One number an axis; none for the default.</param>
internal sealed record TransposedConvolutionLayer(
    int Position,
    string Name,
    int Filters,
    WindowSpec Window,
    EquatableArray<int> OutputPadding,
    Activation Function,
    bool UseBias,
    WeightSpec Kernel,
    WeightSpec Bias) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind OfSignals = new("Conv1DTranspose", "conv1d_transpose", static arguments => Read(arguments, axes: 1));

    public static readonly LayerKind OfImages = new("Conv2DTranspose", "conv2d_transpose", static arguments => Read(arguments, axes: 2));

    public override string Kind => $"Conv{Window.Axes}DTranspose";

    public override Activation Activation => Function;

    protected override Inference Infer(Shape input)
    {
        if ((ImageAxes.Check(this, input, Window.Axes) ?? Window.CheckExtent(this, input, mayReachOut: true)) is Problem problem)
        {
            return problem;
        }

        int[] sizes = new int[Window.Axes + 1];
        for (int axis = 0; axis < Window.Axes; axis++)
        {
            long size = ((input[axis] - 1L) * Window.Strides[axis]) + Window.Extent(axis) - Crop(axis).Total;

            // What exceeds int exceeds the limits of memory, where it is reported.
            sizes[axis] = (int)Math.Min(size, int.MaxValue);
            if (size < 1)
            {
                return Problem.At(At(), DiagnosticDescriptors.NothingIsLeft, Name, input.ToString());
            }
        }

        sizes[Window.Axes] = Filters;
        return Shape.Of(sizes);
    }

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new Weight("kernel", Shape.Of([.. Window.Size, Filters, input.Last]), Kernel, Arrangement: ParameterArrangement.Panels)
        {
            Stored = Shape.Of(DepthwiseLayer.Times(Window.Taps, Filters), input.Last),
        };
        if (UseBias)
        {
            yield return new Weight("bias", Shape.Of(Filters), Bias);
        }
    }

    protected override long MultiplyAdds(Shape input, Shape output) => input.Size * Window.Taps * Filters;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Window window = Window.Axes == 1 ? new Window(new WindowAxis(1), AxisOf(0)) : new Window(AxisOf(0), AxisOf(1));
        var adjoint = Contraction.Convolution(window, builder.Output, x.Shape);
        Op y = builder.Add(new ContractOp(adjoint, Result: 0), builder.Output, "Forward", builder.Weight("kernel"), x);
        y = UseBias ? builder.Step(new AddBias(), "Forward", y, builder.Weight("bias")) : y;
        return builder.Activate(ActivationFunction.Of(Function), "Activation", y);
    }

    private WindowAxis AxisOf(int axis) =>
        new(Window.Size[axis], Window.Strides[axis], Window.DilationOf(axis), checked((int)Crop(axis).Before));

    // What Keras 3 cuts off, or adds where it is negative: as its JAX backend pads the operand, spread over the result, for a convolution.
    private (long Before, long Total) Crop(int axis)
    {
        long size = Window.Extent(axis);
        long stride = Window.Strides[axis];
        if (Window.Padding == Padding.Valid)
        {
            long added = OutputPadding.Count == 0 ? Math.Max(size, stride) - size : OutputPadding[axis];
            return (0, -added);
        }

        long padding = OutputPadding.Count == 0 ? stride + size - 2 : size + (size % 2) - 2 + OutputPadding[axis];
        long left = Math.Min((padding / 2) + (padding % 2), size - 1);
        return (size - 1 - left, (2 * (size - 1)) - padding);
    }

    private static TransposedConvolutionLayer Read(LayerArguments arguments, int axes)
    {
        WindowSpec window = ConvolutionArguments.Window(arguments, axes, allowsCausal: false, allowsBoth: false);
        return new TransposedConvolutionLayer(
            arguments.Position,
            arguments.Name,
            arguments.Units("filters"),
            window,
            ReadOutputPadding(arguments, window),
            arguments.Enum("activation", Activation.Linear),
            arguments.Bool("UseBias", fallback: true),
            ConvolutionArguments.Kernel(arguments, "Kernel"),
            arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros));
    }

    private static EquatableArray<int> ReadOutputPadding(LayerArguments arguments, WindowSpec window)
    {
        if (!arguments.IsGiven("OutputPadding") || arguments.Numbers("OutputPadding") is not { Count: > 0 })
        {
            return default;
        }

        EquatableArray<int> padding = ImageAxes.Read(arguments, "OutputPadding", window.Axes, ImageAxes.All(0, window.Axes), least: 0);
        if (padding.Select((added, axis) => added >= window.Strides[axis]).Any(static isTooMuch => isTooMuch))
        {
            arguments.Add(Problem.At(
                arguments.At("OutputPadding"),
                DiagnosticDescriptors.OutputPadding,
                arguments.Name,
                ImageAxes.List(window.Strides),
                ImageAxes.List(padding)));
        }

        return padding;
    }
}
