using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Any shape to one axis.</summary>
internal sealed record FlattenLayer(int Position, string Name) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description =
        new("Flatten", "flatten", static arguments => new FlattenLayer(arguments.Position, arguments.Name));

    public override bool IsReshape => true;

    public override bool ChangesPositions => true;

    protected override Inference Infer(Shape input) => Shape.Of((int)input.Size);

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Add(new ReshapeOp(), builder.Output, "Forward", x);
}
