using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A trained vector for each step, whatever the input: y[t, :] = embeddings[t].</summary>
/// <param name="SequenceLength">How many steps have one; 0: as many as the input has.</param>
internal sealed record PositionEmbeddingLayer(int Position, string Name, int SequenceLength, WeightSpec Embeddings) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("PositionEmbedding", "position_embedding", static arguments => new PositionEmbeddingLayer(
        arguments.Position,
        arguments.Name,
        arguments.Rows("sequenceLength", fallback: 0),
        arguments.Weights("Embeddings", Initializer.GlorotUniform, isMatrix: true)));

    public override bool KeepsMask => true;

    public override bool ReadsValues => false;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => "each step of a sequence has a vector of its own";

    protected override Inference Infer(Shape input)
    {
        if (ImageAxes.Check(this, input, axes: 1) is Problem problem)
        {
            return problem;
        }

        return SequenceLength == 0 || SequenceLength >= input[0] ? input : Problem.At(
            At("sequenceLength"), DiagnosticDescriptors.TooFewPositions, Name, NumberText.Of(input[0]), NumberText.Of(SequenceLength));
    }

    protected override IEnumerable<Weight> Weights(Shape input) =>
        [new Weight("embeddings", Shape.Of(Math.Max(SequenceLength, input[0]), input.Last), Embeddings)];

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Op table = builder.Weight("embeddings");
        table = table.Shape == x.Shape ? table : builder.AddShared(new SharedPartOp(0), x.Shape, "Steps", table);
        return builder.Add(new SpreadOp(), x.Shape, "Forward", table);
    }
}
