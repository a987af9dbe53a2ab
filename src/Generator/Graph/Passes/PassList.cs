namespace Unroll.Generator.Graph.Passes;

/// <summary>The rewrites in the order they run, for inference and for training.</summary>
internal static class PassList
{
    private static readonly GraphPass[] s_inference =
    [
        new DropNoise(),
        new LowerReshapes(),
        new FuseElementwise(),
        new RemoveUnused(),
    ];

    private static readonly GraphPass[] s_training =
    [
        new FuseHeadWithLoss(),
        new RemoveUnused(),
        new LowerReshapes(),
        new FuseElementwise(),
        new RemoveUnused(),
    ];

    public static OpGraph ForInference(OpGraph graph) => Run(graph, s_inference);

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
