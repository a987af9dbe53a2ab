namespace Unroll.Generator.Graph.Passes;

/// <summary>The rewrites in the order they run, for inference and for training.</summary>
internal static class PassList
{
    private static readonly GraphPass[] s_inference =
    [
        new DropNoise(),
        new NormalizeByMovingAverages(),
        new FoldAffine(),
        new LowerConvolutions(),
        new LowerScores(),
        new LowerReshapes(),
        new FuseElementwise(),
        new RemoveUnused(),
    ];

    private static readonly GraphPass[] s_beforeGradient =
    [
        new NormalizeByBatch(),
    ];

    private static readonly GraphPass[] s_training =
    [
        new FuseHeadWithLoss(),
        new RemoveUnused(),
        new LowerConvolutions(),
        new LowerScores(),
        new LowerReshapes(),
        new FuseElementwise(),
        new RemoveUnused(),
    ];

    public static OpGraph ForInference(OpGraph forward) => Run(forward, s_inference);

    /// <summary>The forward pass as it is differentiated.</summary>
    public static OpGraph BeforeGradient(OpGraph forward) => Run(forward, s_beforeGradient);

    public static OpGraph ForTraining(OpGraph graph) => Run(graph, s_training);

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
