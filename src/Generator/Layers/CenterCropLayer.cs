using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The middle of an image.</summary>
internal sealed record CenterCropLayer(int Position, string Name, int Height, int Width) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("CenterCrop", "center_crop", static arguments => new CenterCropLayer(
        arguments.Position, arguments.Name, arguments.Count("height"), arguments.Count("width")));

    protected override Inference Infer(Shape input) =>
        ImageAxes.Check(this, input, 2) ?? TooLarge("height", Height, input[0], "rows") ?? TooLarge("width", Width, input[1], "columns")
            ?? (Inference)Shape.Of(Height, Width, input.Last);

    // An odd row or column too many is cut off behind.
    protected override Op Lower(LayerBuilder builder, Op x) => builder.Add(
        new PickOp(new Placement((x.Shape[0] - Height) / 2), new Placement((x.Shape[1] - Width) / 2)), builder.Output, "Forward", x);

    private Problem? TooLarge(string argument, int size, int most, string what) => size <= most ? null : Problem.At(
        At(argument),
        DiagnosticDescriptors.NumberOutOfRange,
        Name,
        argument,
        $"at most the {NumberText.Of(most)} {what} of its input",
        NumberText.Of(size));
}
