using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The greatest value or the mean of each channel over all steps or pixels.</summary>
internal sealed record GlobalPoolingLayer(int Position, string Name, Pooling Pooling, int Axes, bool KeepDims) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind MaxOfSignals =
        new("GlobalMaxPooling1D", "global_max_pooling1d", static arguments => Read(arguments, Pooling.Max, axes: 1));

    public static readonly LayerKind MaxOfImages =
        new("GlobalMaxPooling2D", "global_max_pooling2d", static arguments => Read(arguments, Pooling.Max, axes: 2));

    public static readonly LayerKind AverageOfSignals =
        new("GlobalAveragePooling1D", "global_average_pooling1d", static arguments => Read(arguments, Pooling.Average, axes: 1));

    public static readonly LayerKind AverageOfImages =
        new("GlobalAveragePooling2D", "global_average_pooling2d", static arguments => Read(arguments, Pooling.Average, axes: 2));

    public override string Kind => $"Global{Pooling}Pooling{Axes}D";

    protected override Inference Infer(Shape input)
    {
        if (ImageAxes.Check(this, input, Axes) is Diagnostics.Problem problem)
        {
            return problem;
        }

        return KeepDims ? Shape.Of([.. ImageAxes.All(1, Axes), input.Last]) : Shape.Of(input.Last);
    }

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        if (Pooling != Pooling.Average || builder.MaskOf(0) is not Op mask)
        {
            return builder.Add(new GlobalPoolOp(Pooling), builder.Output, "Forward", x);
        }

        Op shares = builder.Add(new ShareOfStepsOp(), mask.Shape, "Shares", mask);
        Op mean = builder.Add(
            new SumRowsOp(), Shape.Of(x.Shape.Last), "Forward", builder.Add(new ScaleStepsOp(), x.Shape, "Weighted", x, shares));
        return KeepDims ? builder.Add(new ReshapeOp(), builder.Output, "Forward", mean) : mean;
    }

    private static GlobalPoolingLayer Read(LayerArguments arguments, Pooling pooling, int axes) =>
        new(arguments.Position, arguments.Name, pooling, axes, arguments.Bool("KeepDims", fallback: false));
}
