using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Adds (L1·Σ|x| + L2·Σx²)/batch to the loss; passes x on.</summary>
internal sealed record ActivityRegularizationLayer(int Position, string Name, Penalty Penalty) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("ActivityRegularization", "activity_regularization", static arguments =>
        new ActivityRegularizationLayer(arguments.Position, arguments.Name, arguments.Penalty("L1", "L2")));

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        // A penalty of each sample: of all its steps together.
        Op whole = x.PerSample == 1 ? x : builder.Reshape(x, new Shape(x.Shape.Sizes.Prepend(x.PerSample).ToEquatableArray()), perSample: 1, "Steps");
        builder.Effects.Add(builder.Add(new ActivityPenaltyOp(Penalty), Shape.Of(1), "Penalty", whole).Id);
        return x;
    }
}
