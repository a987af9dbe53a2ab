namespace Unroll.Interop.Tests;

/// <summary>Arithmetic of values, functions of them and what is summed up over their axes become layers and predict what ONNX Runtime predicts.</summary>
public sealed class OnnxArithmeticTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx");

    /// <summary>Limits matter wherever they are, and digits do below them.</summary>
    [Theory]
    [InlineData(0f, 20f)]
    [InlineData(-20f, 20f)]
    [InlineData(-1f, null)]
    [InlineData(null, 0.25f)]
    [InlineData(0f, 1e4f)]
    [InlineData(-50f, 2f)]
    public void Limits(float? least, float? most)
    {
        var graph = new OnnxGraph(17, 9);
        string large = graph.Node("Concat", [graph.Node("Mul", ["x", graph.Floats("factor", [], 60)]), "x"], null, ("axis", 1));
        string clipped = graph.Node("Clip", [large, least is float low ? graph.Floats("least", [], low) : "", most is float high ? graph.Floats("most", [], high) : ""]);
        string bounded = most is float limit ? graph.Node("Min", [clipped, graph.Floats("limit", [], limit / 2)]) : clipped;
        graph.Node("Max", [graph.Floats("floor", [], -0.5f), bounded], "y");
        Check(graph, "[Rescaling(60f)]");
    }

    /// <summary>As PyTorch's exporter writes them.</summary>
    [Theory]
    [InlineData("hard", "[Activate(Activation.HardShrink, Lambda = 0.3f)]")]
    [InlineData("soft", "[Activate(Activation.SoftShrink, Lambda = 0.2f)]")]
    [InlineData("threshold", "[Activate(Activation.ThresholdedRelu, Theta = 0.1f)]")]
    public void FunctionsThatShrink(string kind, string layer)
    {
        var graph = new OnnxGraph(17, 9);
        string x = graph.Node("Mul", ["x", graph.Floats("scale", [9], 1, 2, 3, 0.5f, 1, 1, 1, 1, 1)]);
        string zero = graph.Floats("zero", [], 0);
        string Above(float limit) => graph.Node("Greater", [x, graph.Floats("above", [], limit)]);
        string Below(float limit) => graph.Node("Less", [x, graph.Floats("below", [], -limit)]);
        if (kind == "hard")
        {
            graph.Node("Where", [graph.Node("Or", [Above(0.3f), Below(0.3f)]), x, zero], "y");
        }
        else if (kind == "soft")
        {
            string lambda = graph.Floats("lambda", [], 0.2f);
            graph.Node("Add", [graph.Node("Where", [Above(0.2f), graph.Node("Sub", [x, lambda]), zero]), graph.Node("Where", [Below(0.2f), graph.Node("Add", [x, lambda]), zero])], "y");
        }
        else
        {
            graph.Node("Where", [Above(0.1f), x, zero], "y");
        }

        Check(graph, layer);
    }

    /// <summary>Of a number that is the threshold itself a file may want the number or 0.</summary>
    [Theory]
    [InlineData("Greater", "Theta = 0.5f")]
    [InlineData("GreaterOrEqual", "Theta = 0.49999997f")]
    public void TheThresholdItself(string comparison, string theta)
    {
        var graph = new OnnxGraph(17, 4);
        string x = graph.Node("Add", [graph.Node("Mul", ["x", graph.Floats("scale", [4], 0, 2, 0, 3)]), graph.Floats("offset", [4], 0.5f, 0, 0.25f, 0)]);
        graph.Node("Where", [graph.Node(comparison, [x, graph.Floats("threshold", [], 0.5f)]), x, graph.Floats("zero", [], 0)], "y");

        Check(graph, $"[Activate(Activation.ThresholdedRelu, {theta})]");
    }

    /// <summary>As networks that compare two things are built.</summary>
    [Theory]
    [InlineData("Abs", "[Maximum(")]
    [InlineData("Pow", "[Multiply(")]
    [InlineData("Mul", "[Multiply(")]
    public void DistancesOfTwoValues(string operation, string layer)
    {
        var graph = new OnnxGraph(17, 4);
        string difference = graph.Node("Sub", [graph.Node("MatMul", ["x", graph.Numbers("w", 4, 5)]), graph.Node("MatMul", ["x", graph.Numbers("u", 4, 5)])]);
        string[] inputs = operation switch { "Pow" => [difference, graph.Floats("two", [], 2)], "Mul" => [difference, difference], _ => [difference] };
        graph.Node("MatMul", [graph.Node(operation, inputs), graph.Numbers("v", 5, 2)], "y");
        Check(graph, layer);
    }

    /// <summary>Of features, channels, or all there is.</summary>
    [Theory]
    [InlineData("ReduceMean", new[] { 1 }, true)]
    [InlineData("ReduceMax", new[] { 1 }, false)]
    [InlineData("ReduceSum", new[] { -3, 3 }, true)]
    [InlineData("ReduceMean", new[] { 1, 2, 3 }, true)]
    [InlineData("ReduceMax", new[] { 1, 2, 3 }, false)]
    [InlineData("ReduceSum", new[] { 2 }, false)]
    public void MeansSumsAndMaximaOverAnyAxes(string operation, int[] axes, bool keeps)
    {
        var graph = new OnnxGraph(17, 3, 4, 5);
        string seen = graph.Node("Conv", ["x", graph.Numbers("w", 6, 3, 1, 1)]);
        (string Name, object Value) kept = ("keepdims", keeps ? 1 : 0);
        string reduced = operation == "ReduceSum" ? graph.Node(operation, [seen, graph.Wholes("axes", [.. axes.Select(static axis => (long)axis)])], null, kept) : graph.Node(operation, [seen], null, ("axes", axes), kept);
        string y = keeps ? graph.Node("Sub", [seen, reduced]) : graph.Node("Mul", [reduced, graph.Floats("half", [], 0.5f)]);
        graph.Node("Tanh", [y], "y");
        Check(graph, operation == "ReduceMax" ? "[GlobalMaxPooling" : "[GlobalAveragePooling");
    }

    [Theory]
    [InlineData(new[] { 1 }, 0)]
    [InlineData(new[] { 1, 2 }, 1)]
    [InlineData(new[] { 1, 2 }, 0)]
    public void SumsAndTheLeast(int[] axes, int keeps)
    {
        var graph = new OnnxGraph(17, 5, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 3)]);
        string sum = graph.Node("ReduceSum", [dense, graph.Wholes("axes", [.. axes.Select(static axis => (long)axis)])], null, ("keepdims", keeps));
        string least = graph.Node("ReduceMin", [dense], null, ("axes", axes), ("keepdims", keeps));
        graph.Node("Sub", [sum, least], "y");
        Check(graph, "[GlobalMaxPooling1D");
    }

    /// <summary>The advantages of actions, less their mean.</summary>
    [Fact]
    public void AMeanOverFeatures()
    {
        var graph = new OnnxGraph(17, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 5)]);
        graph.Node("Sub", [dense, graph.Node("ReduceMean", [dense], null, ("axes", new[] { 1 }), ("keepdims", 1))], "y");
        Check(graph, "[Reshape(5, 1)]\n[GlobalAveragePooling1D]\n[Subtract(");
    }

    [Fact]
    public void StepsAreTakenTogetherBeforeTheSamplesToo()
    {
        var graph = new OnnxGraph(17, 5, 3);
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", [steps, graph.Numbers("w", 1, 12, 3), graph.Numbers("r", 1, 12, 4), graph.Numbers("g", 1, 24)], "all", ("hidden_size", 4));
        string each = graph.Node("Squeeze", ["all", graph.Wholes("one", 1)]);
        string mean = graph.Node("ReduceMean", [each], null, ("axes", new[] { 0 }), ("keepdims", 0));
        string most = graph.Node("Squeeze", [graph.Node("ReduceMax", [each], null, ("axes", new[] { 0 })), graph.Wholes("zero", 0)]);
        graph.Node("Concat", [mean, most], "y", ("axis", 1));
        Check(graph, "[GlobalAveragePooling1D");
    }

    /// <summary>A row and a column for each sample, and products with both.</summary>
    [Fact]
    public void ValuesWithDifferentAxesOfOne()
    {
        var graph = new OnnxGraph(17, 4);
        string column = graph.Node("Unsqueeze", [graph.Node("MatMul", ["x", graph.Numbers("w", 4, 3)]), graph.Wholes("two", 2)]);
        string row = graph.Node("Unsqueeze", [graph.Node("MatMul", ["x", graph.Numbers("u", 4, 5)]), graph.Wholes("one", 1)]);
        graph.Node("MatMul", [graph.Node("Flatten", [graph.Node("Mul", [column, row])]), graph.Numbers("v", 15, 2)], "y");
        Check(graph, "[Multiply(");
    }

    [Fact]
    public void ANumberForEachSampleMayHaveHadAxes()
    {
        var graph = new OnnxGraph(17, 1, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 1)]);
        graph.Node("Mul", [graph.Node("Squeeze", [dense, graph.Wholes("axes", 1, 2)]), graph.Floats("three", [], 3)], "y");
        Check(graph, "[Flatten]\n[Rescaling(3f)]");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Check(OnnxGraph graph, string layers) => graph.AssertReadsAs(_folder, layers);
}
