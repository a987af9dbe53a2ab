using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>[n, features] to [Left + n + Right, features], zeros around the input.</summary>
internal sealed record ZeroPadding1DLayer(int Position, string Name, int Left, int Right) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("ZeroPadding1D", "zero_padding1d", static arguments => new ZeroPadding1DLayer(
        arguments.Position, arguments.Name, arguments.Rows("left", fallback: 1), arguments.Rows("right", fallback: 1)));

    // What exceeds int exceeds the limits of memory, where it is reported.
    protected override Inference Infer(Shape input) => input.Rank == 2
        ? Shape.Of((int)Math.Min((long)Left + input[0] + Right, int.MaxValue), input.Last)
        : Problem.At(At(), DiagnosticDescriptors.PaddingNeedsTwoAxes, Name, input.Rank.ToString(CultureInfo.InvariantCulture));

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Add(new PadRowsOp(Left, Right), builder.Output, "Forward", x);
}
