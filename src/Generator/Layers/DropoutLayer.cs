using Unroll.Generator.Graph;

namespace Unroll.Generator.Layers;

/// <summary>Inverted dropout: in training each value is 0 with probability <c>Rate</c>, else scaled by 1/(1 − Rate).</summary>
internal sealed record DropoutLayer(int Position, string Name, float Rate) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Dropout", "dropout", static arguments => new DropoutLayer(
        arguments.Position, arguments.Name, arguments.DropRate("rate")));

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x) =>
        Rate == 0f ? x : builder.Step(new DropoutStep(Rate, Position), "Forward", x);
}
