using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>x where positive, else slope·x with a trained slope for each element of a sample.</summary>
internal sealed record PReluLayer(int Position, string Name, WeightSpec Slope) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("PRelu", "prelu", static arguments => new PReluLayer(
        arguments.Position, arguments.Name, arguments.Weights("Slope", Initializer.Zeros))) { Keras = "PReLU" };

    protected override IEnumerable<Weight> Weights(Shape input) => [new Weight("alpha", input, Slope)];

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Step(new ParametricRelu(), "Forward", x, builder.Weight("alpha"));
}
