using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>The rewrites in the order they run, for inference and for training.</summary>
internal static class PassList
{
    private static readonly GraphPass[] s_inference =
    [
        new DropNoise(),
        new NormalizeByMovingAverages(),
        new DropUnpooled(),
        new LowerContractions(),
        new FoldAffine(),
        new FoldGathers(),
        new FoldTransposes(),
        new LowerScores(),
        new RepackOperands(),
        new FuseElementwise(),
        new RemoveUnused(),
        new FusePooling(),
        new FuseMargins(),
    ];

    private static readonly GraphPass[] s_beforeGradient =
    [
        new NormalizeByBatch(),
        new DropUnpooled(),
    ];

    private static readonly GraphPass[] s_training =
    [
        new FuseHeadWithLoss(),
        new LowerContractions(),
        new FoldTransposes(),
        new RemoveUnused(),
        new LowerScores(),
        new RepackOperands(),
        new FuseElementwise(),
        new RemoveUnused(),
    ];

    private static readonly GraphPass[] s_roundingForBlocks =
    [
        new RoundKernels(isSingle: false),
    ];

    private static readonly GraphPass[] s_roundingForSamples =
    [
        new RoundKernels(isSingle: true),
    ];

    private static readonly GraphPass[] s_lanes =
    [
        new PutSamplesInLanes(sharesKernels: false),
        new RemoveUnused(),
    ];

    private static readonly GraphPass[] s_sharedLanes =
    [
        new PutSamplesInLanes(sharesKernels: true),
        new RemoveUnused(),
    ];

    public static OpGraph ForInference(OpGraph forward) => Run(forward, s_inference);

    /// <summary>Predictions of blocks of samples, from a graph for inference.</summary>
    public static OpGraph ForBlocks(OpGraph inference, WeightPrecision precision) =>
        Run(precision == WeightPrecision.BFloat16 ? Run(inference, s_roundingForBlocks) : inference, s_lanes);

    /// <summary>Predictions of a single sample, or steps of a stream, from a graph for inference.</summary>
    public static OpGraph ForSamples(OpGraph inference, WeightPrecision precision) =>
        precision == WeightPrecision.BFloat16 ? Run(inference, s_roundingForSamples) : inference;

    /// <summary>The forward pass as it is differentiated.</summary>
    public static OpGraph BeforeGradient(OpGraph forward) => Run(forward, s_beforeGradient);

    public static OpGraph ForTraining(OpGraph graph) => Run(graph, s_training);

    /// <summary>A graph whose forward pass is to use the kernels of <paramref name="blocks"/>, if that has samples as lanes.</summary>
    public static OpGraph AsIn(OpGraph blocks, OpGraph graph) =>
        blocks.Ops.Any(static op => op.Kind.IsInLanes) ? Run(graph, s_sharedLanes) : graph;

    private static OpGraph Run(OpGraph graph, GraphPass[] passes)
    {
        GraphVerifier.Check(graph, after: "construction");
        foreach (GraphPass pass in passes)
        {
            graph = pass.Apply(graph);
            GraphVerifier.Check(graph, after: pass.Name);
        }

        return graph;
    }
}
