using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Normalizes each group of channels of a sample, at all positions, by its own mean and variance.</summary>
/// <param name="Groups">−1: as many as channels.</param>
internal sealed record GroupNormalizationLayer(
    int Position, string Name, int Groups, float Epsilon, bool Center, bool Scale)
    : ScaleAndCenterLayer(Position, Name, Epsilon, Center, Scale)
{
    public static readonly LayerKind Description = new("GroupNormalization", "group_normalization", static arguments =>
        new GroupNormalizationLayer(
            arguments.Position,
            arguments.Name,
            ReadGroups(arguments),
            arguments.Number("Epsilon", NumberRange.AboveZero, DefaultEpsilon),
            arguments.Bool("Center", fallback: true),
            arguments.Bool("Scale", fallback: true))
        {
            Axes = NormalizedAxes.Read(arguments),
            Gamma = arguments.OptionalWeights("Gamma", "Scale", Initializer.Ones),
            Beta = arguments.OptionalWeights("Beta", "Center", Initializer.Zeros),
        });

    protected override Inference Infer(Shape input)
    {
        Inference shape = base.Infer(input);
        int channels = shape.Problem is null ? Axes.Of(input)[0] : 1;
        return shape.Problem is null && Groups > 0 && channels % Groups != 0
            ? Problem.At(
                At("groups"), DiagnosticDescriptors.GroupsDoNotDivide, Name, "channels of the input", NumberText.Of(channels), NumberText.Of(Groups))
            : shape;
    }

    public override bool KeepsMask => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => "it normalizes over all steps";

    protected override Op Lower(LayerBuilder builder, Op x) => Axes.Apply(builder, x, value => Affine(builder, Standardize(builder, value)));

    // [positions, channels] to [groups, positions·channels/groups], where a group is one vector, and back.
    private Op Standardize(LayerBuilder builder, Op x)
    {
        int channels = x.Shape.Last;
        int groups = Groups == -1 ? channels : Groups;
        int positions = x.Shape.Vectors;
        EquatableArray<int> turned = EquatableArray.Of(1, 0, 2);
        Op value = builder.Add(new ReshapeOp(), Shape.Of(positions, groups, channels / groups), "Groups", x);
        value = builder.Add(new PermuteOp(turned), Shape.Of(groups, positions, channels / groups), "GroupsFirst", value);
        value = builder.Add(new ReshapeOp(), Shape.Of(groups, positions * (channels / groups)), "GroupVectors", value);
        value = builder.Add(new LayerStandardizeOp(Epsilon), value.Shape, "Forward", value);
        value = builder.Add(new ReshapeOp(), Shape.Of(groups, positions, channels / groups), "GroupPositions", value);
        value = builder.Add(new PermuteOp(turned), Shape.Of(positions, groups, channels / groups), "PositionsFirst", value);
        return builder.Add(new ReshapeOp(), x.Shape, "Channels", value);
    }

    private static int ReadGroups(LayerArguments arguments)
    {
        int groups = arguments.Int("groups", fallback: 32);
        return groups == -1 ? -1 : arguments.Count("groups", fallback: 32);
    }
}
