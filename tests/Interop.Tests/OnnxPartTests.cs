namespace Unroll.Interop.Tests;

/// <summary>Parts of values that are cut out, taken apart and put together again become layers and predict what ONNX Runtime predicts.</summary>
public sealed class OnnxPartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx");

    [Fact]
    public void SlicesOfADenseLayerAreLayers()
    {
        var graph = new OnnxGraph(17, 4);
        string dense = graph.Node("Gemm", ["x", graph.Numbers("w", 4, 5), graph.Numbers("b", 5)]);
        string first = graph.Node("Slice", [dense, graph.Wholes("s0", 0), graph.Wholes("e0", 3), graph.Wholes("axis", 1)]);
        string second = graph.Node("Slice", [dense, graph.Wholes("s1", 2), graph.Wholes("e1", int.MaxValue), graph.Wholes("axis2", 1)]);
        graph.Node("Mul", [graph.Node("Tanh", [first]), graph.Node("Sigmoid", [second])], "y");
        Check(graph, "[Dense(3)]\n[Activate(Activation.Tanh)]");
    }

    /// <summary>Of an input, and of the states of two directions.</summary>
    [Fact]
    public void PartsOfWhatIsNoDenseLayerAreCutOut()
    {
        var graph = new OnnxGraph(17, 5, 4);
        graph.Node("Split", ["x", graph.Wholes("sizes", 1, 3)], "a,b", ("axis", 2));
        string steps = graph.Node("Transpose", [graph.Node("Tanh", ["b"])], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", [steps, graph.Numbers("w", 2, 6, 3), graph.Numbers("r", 2, 6, 2), graph.Numbers("g", 2, 12)], "all,last", ("hidden_size", 2), ("direction", "bidirectional"));
        string backwards = graph.Node("Gather", ["last", graph.Scalar("one", -1)], null, ("axis", 0));
        graph.Node("Mul", [backwards, graph.Floats("two", [], 2)], "y");
        Check(graph, "Cropping2D(");
    }

    /// <summary>As PyTorch writes what has no end, and an element taken as an axis more.</summary>
    [Fact]
    public void EndsBeyondAnyAxisAndPlacesOfSeveralAxes()
    {
        var graph = new OnnxGraph(9, 5, 4);
        string cut = graph.Node("Slice", ["x"], null, ("axes", new[] { 1 }), ("starts", new[] { 1 }), ("ends", new[] { long.MaxValue }));
        string taken = graph.Node("Gather", [cut, graph.Node("Unsqueeze", [graph.Wholes("last", -1)], null, ("axes", new[] { 0 }))], null, ("axis", 1));
        string units = graph.Node("MatMul", [graph.Node("Squeeze", [taken], null, ("axes", new[] { 1, 2 })), graph.Numbers("w", 4, 6)]);
        graph.Node("Slice", [units], "y", ("axes", new[] { 1 }), ("starts", new[] { 2 }), ("ends", new[] { long.MaxValue }));
        Check(graph, "[Dense(4, UseBias = false)]");
    }

    /// <summary>Which are all there, yet one of them twice as large, or in another order.</summary>
    [Fact]
    public void PartsComeTogetherOtherwise()
    {
        var graph = new OnnxGraph(17, 5, 6);
        graph.Node("Split", [graph.Node("MatMul", ["x", graph.Numbers("w", 6, 6)]), graph.Wholes("sizes", 3, 3)], "a,b", ("axis", 2));
        string query = graph.Node("Mul", ["a", graph.Floats("two", [], 2)]);
        graph.Node("MatMul", [query, graph.Node("Transpose", ["b"], null, ("perm", new[] { 0, 2, 1 }))]);
        string scaled = graph.Node("Concat", [query, "b"], null, ("axis", 2));
        graph.Node("Concat", [graph.Node("Concat", ["b", "a"], null, ("axis", 2)), scaled, graph.Node("Concat", ["a", "a"], null, ("axis", -1))], "y", ("axis", 2));
        Check(graph, "[Concatenate(");
    }

    [Fact]
    public void SomeFeaturesAreTaken()
    {
        var graph = new OnnxGraph(17, 6);
        string some = graph.Node("Slice", ["x", graph.Wholes("from", 1), graph.Wholes("to", -2), graph.Wholes("axis", 1)]);
        string one = graph.Node("Gather", ["x", graph.Wholes("last", -1)], null, ("axis", 1));
        graph.Node("Mul", [some, one], "y");
        Check(graph, "[Cropping2D([0, 0, 1, 2])]");
    }

    /// <summary>Samples that become something else than samples, and constants with axes before them.</summary>
    [Theory]
    [InlineData("mixes")]
    [InlineData("turns")]
    [InlineData("rank")]
    [InlineData("size")]
    public void WhatMixesSamplesOrAxesIsRefused(string kind)
    {
        var graph = new OnnxGraph(18, 6, 4);
        string y = kind switch
        {
            "mixes" => graph.Node("Reshape", [graph.Node("Transpose", [graph.Node("Reshape", ["x", graph.Wholes("one", 6, -1, 4)])], null, ("perm", new[] { 1, 0, 2 })), graph.Wholes("two", -1, 24)]),
            "turns" => graph.Node("Reshape", [graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 })), graph.Wholes("one", -1, 6, 4)]),
            "rank" => graph.Node("Softmax", [graph.Node("Mul", ["x", graph.Floats("two", [1, 1, 1, 1], 2)])], null, ("axis", 1)),
            "size" => graph.Node("Resize", ["x", "", "", graph.Wholes("one", 1, 6, 8)], null, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"), ("keep_aspect_ratio_policy", "not_larger")),
            _ => throw new ArgumentException(kind),
        };
        graph.Node("Relu", [y], "y");

        Assert.Throws<ImportException>(() => Onnx.Import(graph.WriteTo(_folder)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Check(OnnxGraph graph, string layers) => graph.AssertReadsAs(_folder, layers);
}
