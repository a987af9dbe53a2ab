using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>
/// The sequence of what a block has made of each step, where such a block ends. Inputs: the sequence that went into the block, what came out
/// of it.
/// </summary>
internal sealed record TimeDistributedLayer(int Position, string Name) : Layer(Position, Name)
{
    public override bool EndsBlock => true;

    public override bool IsReshape => true;

    public override bool ChangesPositions => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    public override Inference Infer(IReadOnlyList<Shape> inputs) => new Shape(inputs[1].Sizes.Prepend(inputs[0][0]).ToEquatableArray());

    // Steps are masked by what is outside of the block.
    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        if (builder.MaskOf(0) is Op mask)
        {
            builder.SetMask(mask);
        }

        // Where the network ends in it, the loss is to see what the block ends with.
        Op y = inputs[1];
        Op Join(Op x) => builder.Reshape(x, builder.Output, inputs[0].PerSample, "Forward");
        return y.Kind.AsHead is null ? Join(y) : builder.Add(y.Kind, builder.Output, "Activation", Join(builder.OperandOf(y)));
    }
}
