using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A trained vector for each id: y[..., :] = embeddings[id].</summary>
internal sealed record EmbeddingLayer(int Position, string Name, int InputDim, int OutputDim, bool MaskZero, WeightSpec Embeddings)
    : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Embedding", "embedding", static arguments => new EmbeddingLayer(
        arguments.Position,
        arguments.Name,
        ReadInputDim(arguments),
        arguments.Count("outputDim"),
        arguments.Bool("MaskZero", fallback: false),
        arguments.Weights("Embeddings", Initializer.RandomUniform, isMatrix: true)));

    // Ids come as floats (ElementType.WholeNumber), which hold every whole number up to here.
    private const int MostIds = 1 << 24;

    public override int? Ids => InputDim;

    public override bool ChangesPositions => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) =>
        "it puts an axis behind the features of all steps; in a block that [TimeDistributed<Block>] applies it runs at each";

    protected override Inference Infer(Shape input) => MaskZero && input.Rank != 1
        ? Problem.At(
            Place.Layer(Position),
            DiagnosticDescriptors.InputIsNoImage,
            Name,
            "a sequence of ids, whose steps MaskZero masks",
            NumberText.Of(input.Rank))
        : new Shape(input.Sizes.Append(OutputDim).ToEquatableArray());

    protected override IEnumerable<Weight> Weights(Shape input) => [new Weight("embeddings", Shape.Of(InputDim, OutputDim), Embeddings)];

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        if (MaskZero)
        {
            builder.SetMask(builder.Add(new StepMaskOp(0f), x.Shape, "Mask", x));
        }

        return builder.Add(new GatherOp(), builder.Output, "Forward", x, builder.Weight("embeddings"));
    }

    private static int ReadInputDim(LayerArguments arguments)
    {
        int ids = arguments.Count("inputDim");
        if (ids > MostIds)
        {
            arguments.Add(Problem.At(
                arguments.At("inputDim"),
                DiagnosticDescriptors.NumberOutOfRange,
                arguments.Name,
                "inputDim",
                $"at most {NumberText.Of(MostIds)}, beyond which floats are no exact ids",
                NumberText.Of(ids)));
        }

        return ids;
    }
}
