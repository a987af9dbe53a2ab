using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>x + body(x), where a residual block ends. Inputs: what went into the block, what came out of it.</summary>
internal sealed record ResidualLayer(int Position, string Name) : Layer(Position, Name)
{
    public override bool EndsBlock => true;

    public override Inference Infer(IReadOnlyList<Shape> inputs) => inputs[0] == inputs[1]
        ? inputs[0]
        : Problem.At(At(), DiagnosticDescriptors.ResidualShapes, Name, inputs[1].ToString());

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        new MergedMasks(builder, inputs).Join();
        return builder.Step(new AddValue(), "Forward", inputs[1], inputs[0]);
    }
}
