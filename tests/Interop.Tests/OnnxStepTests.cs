namespace Unroll.Interop.Tests;

/// <summary>What a file does to every step by itself, the same nodes as often as there are steps, is layers that work on all of them.</summary>
public sealed class OnnxStepTests : IDisposable
{
    private const int Steps = 4;
    private const int Inputs = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steps");

    /// <summary>As tf2onnx writes Keras 3's <c>TimeDistributed</c>: steps first, each one cut out.</summary>
    [Fact]
    public void StepsThatAreSlicedAndStacked()
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string turned = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        graph.Wholes("first", 0);
        string[] each = [.. Enumerable.Range(0, Steps).Select(step =>
        {
            string slice = graph.Node("Slice", [turned, graph.Wholes($"from{step}", step), graph.Wholes($"to{step}", step + 1), "first"]);
            return graph.Node("Unsqueeze", [Dense(graph, graph.Node("Squeeze", [slice, "first"]), step == 0), "first"]);
        })];
        graph.Node("Transpose", [graph.Node("Concat", each, null, ("axis", 0))], "y", ("perm", new[] { 1, 0, 2 }));
        graph.AssertReadsAs(_folder, "[Network(4, 3)]\n[Dense(5, Activation.Relu)]\n[Dense(2, Activation.Softmax, UseBias = false)]");
    }

    /// <summary>As PyTorch writes a loop of Python's over the steps, or over some of them.</summary>
    [Theory]
    [InlineData(0, Steps, true, "[Network(4, 3)]\n[Dense(5, Activation.Relu)]\n[Dense(2, Activation.Softmax, UseBias = false)]")]
    [InlineData(1, 2, true, "[Network(4, 3)]\n[Cropping1D]\n[Dense(5, Activation.Relu)]")]
    [InlineData(0, Steps, false, "[Network(4, 3)]\n[Dense(5, Activation.Relu)]\n[Dense(2, Activation.Softmax, UseBias = false)]\n[Flatten]")]
    public void StepsThatAreGathered(int from, int count, bool stacks, string layers)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        graph.Wholes("one", 1);
        string[] each = [.. Enumerable.Range(from, count).Select(step =>
        {
            string dense = Dense(graph, graph.Node("Gather", ["x", graph.Scalar($"place{step}", step)], null, ("axis", 1)), step == from);
            return stacks ? graph.Node("Unsqueeze", [dense, "one"]) : dense;
        })];
        graph.Node("Concat", each, "y", ("axis", 1));
        graph.AssertReadsAs(_folder, layers);
    }

    /// <summary>As PyTorch writes <c>unbind</c>, two sequences at once.</summary>
    [Fact]
    public void StepsOfTwoSequences()
    {
        var graph = new OnnxGraph(13, Steps, Inputs);
        graph.Wholes("one", 1);
        string other = graph.Node("MatMul", ["x", graph.Numbers("v", Inputs, 5)]);
        string[] names = [.. Enumerable.Range(0, Steps).Select(static step => $"s{step}")];
        graph.Node("Split", ["x"], string.Join(',', names), ("axis", 1));
        string[] each = [.. names.Select((name, step) =>
        {
            string own = graph.Node("Gather", [other, graph.Scalar($"place{step}", step)], null, ("axis", 1));
            string sum = graph.Node("Add", [graph.Node("Relu", [graph.Node("MatMul", [graph.Node("Squeeze", [name, "one"]), step == 0 ? graph.Numbers("w", Inputs, 5) : "w"])]), own]);
            return graph.Node("Unsqueeze", [sum, "one"]);
        })];
        graph.Node("Concat", each, "y", ("axis", 1));
        graph.AssertReadsAs(_folder, "[Dense(5, Activation.Relu, UseBias = false, From = \"input\")]\n[Add(");
    }

    /// <summary>Steps that are not treated alike, or seen by others too, stay apart.</summary>
    [Theory]
    [InlineData("weights")]
    [InlineData("function")]
    [InlineData("order")]
    [InlineData("reader")]
    [InlineData("channels")]
    public void WhatDiffersFromStepToStepStaysApart(string kind)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        graph.Wholes("one", 1);
        string[] each = [.. Enumerable.Range(0, 2).Select(step =>
        {
            string place = graph.Scalar($"place{step}", kind == "order" ? 3 - step : step);
            string dense = graph.Node("MatMul", [graph.Node("Gather", ["x", place], null, ("axis", 1)), step == 0 || kind == "weights" ? graph.Numbers($"w{step}", Inputs, 5) : "w0"]);
            return graph.Node("Unsqueeze", [graph.Node(kind == "function" && step == 1 ? "Tanh" : "Relu", [dense]), "one"]);
        })];
        if (kind == "reader")
        {
            graph.Node("Mul", [graph.Node("Concat", each, null, ("axis", 1)), each[1]], "y");
        }
        else if (kind == "channels")
        {
            graph.Node("Split", [graph.Node("MatMul", ["x", graph.Numbers("v", Inputs, 8)])], "a,b", ("axis", 2));
            graph.Node("Concat", [graph.Node("Relu", ["a"]), graph.Node("Relu", ["b"])], "y", ("axis", 1));
        }
        else
        {
            graph.Node("Concat", each, "y", ("axis", 1));
        }

        graph.AssertReadsAs(_folder, "[Concatenate(");
    }

    [Fact]
    public void AnAxisThatIsATextIsNamed()
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string[] each = [.. Enumerable.Range(0, 2).Select(step => graph.Node("Gather", ["x", graph.Scalar($"place{step}", step)], null, ("axis", "1")))];
        graph.Node("Concat", each, "y", ("axis", 1));
        string path = Path.Combine(_folder.FullName, "model.onnx");
        graph.Write(path);

        Assert.All(Assert.Throws<ImportException>(() => Onnx.Import(path)).Problems, static problem => Assert.Equal("axis", problem.Argument));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Two dense layers and a softmax, of the same weights at each step.</summary>
    private static string Dense(OnnxGraph graph, string step, bool isFirst)
    {
        if (isFirst)
        {
            graph.Numbers("w1", Inputs, 5);
            graph.Numbers("b1", 5);
            graph.Numbers("w2", 5, 2);
        }

        string first = graph.Node("Relu", [graph.Node("Add", [graph.Node("MatMul", [step, "w1"]), "b1"])]);
        return graph.Node("Softmax", [graph.Node("MatMul", [first, "w2"])], null, ("axis", -1));
    }
}
