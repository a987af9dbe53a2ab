using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Every step of a sequence as a sample of its own, where a block begins that is applied to each.</summary>
internal sealed record EachStepLayer(int Position, string Name) : UnaryLayer(Position, Name)
{
    public override bool PartsSteps => true;

    public override bool IsReshape => true;

    public override bool ChangesPositions => true;

    public override bool GivesSteps => false;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    protected override Inference Infer(Shape input) => input.Rank < 2
        ? Problem.At(At(), DiagnosticDescriptors.NoSteps, Name.Substring(0, Name.LastIndexOf('/')), input.ToString())
        : new Shape(input.Sizes.Skip(1).ToEquatableArray());

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Reshape(x, builder.Output, x.PerSample * x.Shape[0], "Forward");
}
