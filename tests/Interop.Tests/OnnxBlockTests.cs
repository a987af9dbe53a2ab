namespace Unroll.Interop.Tests;

/// <summary>Layers that a file applies to steps joined with the samples, or to every step by itself, are a block that is applied to each step.</summary>
public sealed class OnnxBlockTests : IDisposable
{
    private const int Steps = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blocks");

    /// <summary>As Keras writes <c>TimeDistributed</c> over channels that come last: shapes are numbers with one left open.</summary>
    [Fact]
    public void PicturesWithChannelsLast()
    {
        var graph = new OnnxGraph(17, Steps, 6, 5, 2);
        string joined = graph.Node("Reshape", ["x", graph.Wholes("one", -1, 6, 5, 2)]);
        string y = graph.Node("Transpose", [Convolved(graph, graph.Node("Transpose", [joined], null, ("perm", new[] { 0, 3, 1, 2 })))], null, ("perm", new[] { 0, 2, 3, 1 }));
        graph.Node("Reshape", [y, graph.Wholes("all", -1, Steps, 2, 2, 3)], "y");
        graph.AssertReadsAs(_folder, "[Network(4, 6, 5, 2)]\n[TimeDistributed<ModelTimeDistributed1>]\npublic sealed partial class Model;\n\n/// <summary>What time_distributed1 does to each step.</summary>\n[Block]\n[Conv2D(3, 3, Activation.Relu, Padding = Padding.Same)]\n[MaxPooling2D([3, 2])]\n");
    }

    /// <summary>As PyTorch's newer exporter writes shapes that it computes: the product of two sizes of the input.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ShapesThatAreComputed(bool isStepsFirst)
    {
        var graph = new OnnxGraph(18, Steps, 2, 6, 5);
        string x = isStepsFirst ? graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2, 3, 4 })) : "x";
        string shape = graph.Node("Shape", [x]);
        string first = graph.Node("Gather", [shape, graph.Wholes("0", 0)], null, ("axis", 0));
        string second = graph.Node("Gather", [shape, graph.Wholes("1", 1)], null, ("axis", 0));
        string rest = graph.Node("Slice", [shape, graph.Wholes("2", 2), graph.Wholes("5", 5), "0"]);
        string joined = graph.Node("Reshape", [x, graph.Node("Concat", [graph.Node("Mul", [first, second]), rest], null, ("axis", 0))]);
        string flat = graph.Node("Flatten", [Convolved(graph, joined)], null, ("axis", 1));
        string dense = graph.Node("Gemm", [flat, graph.Numbers("w", 12, 5), graph.Numbers("b", 5)]);
        string parted = graph.Node("Reshape", [dense, graph.Node("Concat", [first, second, graph.Wholes("left", -1)], null, ("axis", 0))]);
        string y = graph.Node("Identity", [isStepsFirst ? graph.Node("Transpose", [parted], null, ("perm", new[] { 1, 0, 2 })) : parted]);
        graph.Node("ReduceMean", [y, "1"], "y", ("keepdims", 0));
        graph.AssertReadsAs(_folder, "[Network(4, 6, 5, 2)]\n[TimeDistributed<ModelTimeDistributed1>]\n[GlobalAveragePooling1D]\n");
    }

    /// <summary>As tf2onnx writes Keras 3's <c>TimeDistributed</c>: steps first, each one cut out.</summary>
    [Theory]
    [InlineData("pictures", "[Conv2D(3, 3, Activation.Relu, Padding = Padding.Same, UseBias = false)]\n[MaxPooling2D([3, 2])]\n[Flatten]\n[Dense(5, UseBias = false)]\n")]
    [InlineData("signals", "[Conv1D(4, 3, UseBias = false)]\n[GlobalMaxPooling1D]\n")]
    [InlineData("recurrence", "[LSTM(3, UseBias = false)]\n")]
    [InlineData("sizes", "[Conv1D(4, 3, UseBias = false)]\n[Permute(2, 1)]\n[Flatten]\n")]
    public void StepsThatAreSlicedAndStacked(string kind, string block)
    {
        var graph = kind == "pictures" ? new OnnxGraph(17, Steps, 2, 6, 5) : new OnnxGraph(17, Steps, 6, 2);
        int[] order = kind == "pictures" ? [1, 0, 2, 3, 4] : [1, 0, 2, 3];
        string turned = graph.Node("Transpose", ["x"], null, ("perm", order));
        graph.Wholes("first", 0);
        string[] each = [.. Enumerable.Range(0, Steps).Select(step =>
        {
            string slice = graph.Node("Slice", [turned, graph.Wholes($"from{step}", step), graph.Wholes($"to{step}", step + 1), "first"]);
            return graph.Node("Unsqueeze", [Step(graph, kind, graph.Node("Squeeze", [slice, "first"]), step == 0), "first"]);
        })];
        graph.Node("Transpose", [graph.Node("Concat", each, null, ("axis", 0))], "y", ("perm", new[] { 1, 0, 2 }));
        graph.AssertReadsAs(_folder, $"[TimeDistributed<ModelTimeDistributed1>]\npublic sealed partial class Model;\n\n/// <summary>What time_distributed1 does to each step.</summary>\n[Block]\n{block}");
    }

    /// <summary>One reshape joins two axes of steps, another parts them otherwise, or cuts one in two.</summary>
    [Theory]
    [InlineData(new[] { 2, 3, 6, 2 }, new long[] { -1, 2, 3, 4 })]
    [InlineData(new[] { 2, 3, 6, 2 }, new long[] { -1, 6, 4 })]
    [InlineData(new[] { 6, 6, 2 }, new long[] { -1, 2, 3, 4 })]
    [InlineData(new[] { 6, 6, 2 }, new long[] { -1, 2, 12 })]
    [InlineData(new[] { 36, 2 }, new long[] { -1, 2, 12 })]
    [InlineData(new[] { 36, 2 }, new long[] { -1, 24 })]
    public void StepsThatArePartedOtherwise(int[] shape, long[] parted)
    {
        var graph = new OnnxGraph(17, shape);
        string joined = graph.Node("Reshape", ["x", graph.Wholes("one", -1, 6, 2)]);
        string y = Step(graph, "signals", joined, isFirst: true);
        string all = graph.Node("Reshape", [y, graph.Wholes("all", parted)]);
        graph.Node("Relu", [graph.Node("MatMul", [all, graph.Numbers("v", (int)parted[^1], 3)])], "y");
        graph.AssertReadsAs(_folder, "[TimeDistributed<ModelTimeDistributed1>]\n");
    }

    /// <summary>Sums, means and extremes of what has just been joined.</summary>
    [Theory]
    [InlineData("ReduceSum", "[GlobalAveragePooling1D]\n[Rescaling(6f)]")]
    [InlineData("ReduceMean", "[GlobalAveragePooling1D]")]
    [InlineData("ReduceMax", "[GlobalMaxPooling1D]")]
    [InlineData("ReduceMin", "[GlobalMaxPooling1D]")]
    public void StepsThatAreReduced(string operation, string layers)
    {
        var graph = new OnnxGraph(13, Steps, 6, 2);
        string joined = graph.Node("Reshape", ["x", graph.Wholes("one", -1, 6, 2)]);
        string reduced = operation == "ReduceSum"
            ? graph.Node(operation, [joined, graph.Wholes("axes", 1)], null, ("keepdims", 0))
            : graph.Node(operation, [joined], null, ("axes", new[] { 1 }), ("keepdims", 0));
        graph.Node("Reshape", [reduced, graph.Wholes("all", -1, Steps, 2)], "y");
        graph.AssertReadsAs(_folder, layers);
    }

    /// <summary>The last row of each picture's, taken before any layer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PiecesOfStepsThatAreJoined(bool isSlice)
    {
        var graph = new OnnxGraph(17, Steps, 6, 2);
        string joined = graph.Node("Reshape", ["x", graph.Wholes("one", -1, 6, 2)]);
        string piece = isSlice
            ? graph.Node("Slice", [joined, graph.Wholes("from", 5), graph.Wholes("to", 6), graph.Wholes("axis", 1)])
            : graph.Node("Gather", [joined, graph.Scalar("last", -1)], null, ("axis", 1));
        graph.Node("Reshape", [piece, graph.Wholes("all", -1, Steps, 2)], "y");
        graph.AssertReadsAs(_folder, "[TimeDistributed<ModelTimeDistributed1>]\n");
    }

    /// <summary>Zeros around steps, and pieces of them, where each is an image.</summary>
    [Fact]
    public void StepsThatArePaddedAndCut()
    {
        var graph = new OnnxGraph(17, Steps, 2, 6, 5);
        string padded = graph.Node("Pad", ["x", graph.Wholes("pads", 0, 1, 0, 0, 0, 0, 2, 0, 0, 0)]);
        string cut = graph.Node("Slice", [padded, graph.Wholes("2", 2), graph.Wholes("5", 5), graph.Wholes("1", 1)]);
        string y = Convolved(graph, graph.Node("Reshape", [cut, graph.Wholes("one", -1, 2, 6, 5)]));
        graph.Node("Reshape", [y, graph.Wholes("all", -1, 3, 12)], "y");
        graph.AssertReadsAs(_folder, "[ZeroPadding1D(1, 2)]\n");
    }

    /// <summary>Values of a block that meet, and what was there before it.</summary>
    [Theory]
    [InlineData("itself", "[Block]\n[Conv1D(2, 3, Padding = Padding.Same, UseBias = false)]\n[Add(\"conv1d1\", \"input\")]")]
    [InlineData("branches", "[Concatenate(")]
    [InlineData("before", "[Activate(Activation.Tanh)]\n[TimeDistributed<ModelTimeDistributed1>(From = \"input\")]\n[Add(")]
    public void ValuesOfOneStepMeet(string kind, string layers)
    {
        var graph = new OnnxGraph(17, Steps, 2, 6);
        string joined = graph.Node("Reshape", ["x", graph.Wholes("one", -1, 2, 6)]);
        string Convolution(string name) => graph.Node("Conv", [joined, graph.Numbers(name, 2, 2, 3)], null, ("pads", new[] { 1, 1 }));
        graph.Wholes("all", -1, Steps, kind == "branches" ? 4 : 2, 6);
        if (kind == "before")
        {
            // What the file adds has its own steps, joined by another node.
            string other = graph.Node("Reshape", [graph.Node("Tanh", ["x"]), "one"]);
            graph.Node("Reshape", [graph.Node("Add", [Convolution("k"), other]), "all"], "y");
        }
        else
        {
            string meeting = kind == "itself"
                ? graph.Node("Add", [Convolution("k"), joined])
                : graph.Node("Concat", [Convolution("k"), graph.Node("Relu", [Convolution("l")])], null, ("axis", 1));
            graph.Node("Reshape", [meeting, "all"], "y");
        }

        graph.AssertReadsAs(_folder, layers);
    }

    /// <summary>Several values of each step: blocks behind each other, of which the first is what the others read.</summary>
    [Fact]
    public void SeveralValuesOfEachStepAreBlocksBehindEachOther()
    {
        var graph = new OnnxGraph(17, Steps, 2, 6);
        string joined = graph.Node("Reshape", ["x", graph.Wholes("one", -1, 2, 6)]);
        string trunk = graph.Node("Relu", [graph.Node("Conv", [joined, graph.Numbers("k", 3, 2, 3)])]);
        string[] heads = [.. new[] { "l", "m" }.Select(name =>
        {
            string head = graph.Node("Conv", [trunk, graph.Numbers(name, 2, 3, 4)]);
            return graph.Node("Reshape", [graph.Node("Tanh", [head]), name == "l" ? graph.Wholes("all", -1, Steps, 2) : "all"]);
        })];
        graph.Node("Mul", heads, "y");
        graph.AssertReadsAs(_folder, "[TimeDistributed<ModelTimeDistributed1>]\n[TimeDistributed<ModelTimeDistributed2>]\n[TimeDistributed<ModelTimeDistributed3>(From = \"time_distributed1\")]\n[Multiply(");
    }

    /// <summary>Steps of two sequences, which a block has one of, meet outside of what is done to each.</summary>
    [Fact]
    public void StepsOfTwoSequences()
    {
        var graph = new OnnxGraph(17, Steps, 2, 6);
        string other = graph.Node("Tanh", ["x"]);
        graph.Numbers("k", 2, 2, 3);
        graph.Wholes("second", 1);
        string[] each = [.. Enumerable.Range(0, Steps).Select(step =>
        {
            string place = graph.Scalar($"place{step}", step);
            string own = graph.Node("Conv", [graph.Node("Gather", ["x", place], null, ("axis", 1)), "k"], null, ("pads", new[] { 1, 1 }));
            return graph.Node("Unsqueeze", [graph.Node("Add", [own, graph.Node("Gather", [other, place], null, ("axis", 1))]), "second"]);
        })];
        graph.Node("Concat", each, "y", ("axis", 1));
        graph.AssertReadsAs(_folder, "[Activate(Activation.Tanh)]\n[TimeDistributed<ModelTimeDistributed1>(From = \"input\")]\n[Add(");
    }

    /// <summary>What no block can be is named with its node, and why.</summary>
    [Theory]
    [InlineData("output", "y", "samples stay apart in a network")]
    [InlineData("around", "Reshape_", "a block that is applied to each step reads one value, and what leads to this reads 2")]
    [InlineData("trunk", "Reshape_", "a block that is applied to each step reads one value, and what leads to this reads 2")]
    [InlineData("states", "LSTM_", "a block that is applied to each step reads one value, and this reads steps of several")]
    [InlineData("parted", "Reshape_", "samples are taken apart within a step")]
    [InlineData("otherwise", "Reshape_", "[-1, 3, 16] cuts through the axes of [samples, 2, 6]")]
    [InlineData("whole", "Add_", "it reads values whose samples are different axes")]
    public void WhatIsNoBlockIsNamed(string kind, string node, string why)
    {
        var graph = new OnnxGraph(17, Steps, 2, 6);
        string Convolution(string value, string name) => graph.Node("Conv", [value, graph.Numbers(name, 2, 2, 3)], null, ("pads", new[] { 1, 1 }));
        graph.Wholes("one", -1, 2, 6);
        graph.Wholes("all", -1, Steps, 2, 6);
        switch (kind)
        {
            case "output":
                graph.Node("Relu", [Convolution(graph.Node("Reshape", ["x", "one"]), "k")], "y");
                break;
            case "around":
                string joined = graph.Node("Reshape", ["x", "one"]);
                string first = Convolution(joined, "k");
                string second = graph.Node("Add", [Convolution(first, "k2"), joined]);
                graph.Node("Add", [graph.Node("Reshape", [first, "all"]), graph.Node("Reshape", [second, "all"])], "y");
                break;
            case "trunk":
                string step = graph.Node("Reshape", ["x", "one"]);
                string before = Convolution(step, "k");
                string trunk = graph.Node("Add", [Convolution(before, "l"), step]);
                graph.Node("Sum", [.. new[] { before, graph.Node("Tanh", [trunk]), Convolution(trunk, "m") }.Select(value => graph.Node("Reshape", [value, "all"]))], "y");
                break;
            case "states":
                string begin = graph.Node("Gemm", [graph.Node("Reshape", ["x", graph.Wholes("flat", -1, 12)]), graph.Numbers("v", 12, 3)]);
                string states = graph.Node("Unsqueeze", [begin, graph.Wholes("0", 0)]);
                string turned = graph.Node("Transpose", [graph.Node("Reshape", ["x", "one"])], null, ("perm", new[] { 1, 0, 2 }));
                graph.Node("LSTM", [turned, graph.Numbers("w", 1, 12, 6), graph.Numbers("r", 1, 12, 3), "", "", states, states], "steps,last", ("hidden_size", 3));
                graph.Node("Reshape", ["last", graph.Wholes("parts", -1, Steps, 3)], "y");
                break;
            case "parted":
                string pictures = graph.Node("Conv", [graph.Node("Reshape", ["x", graph.Wholes("picture", -1, 1, 2, 6)]), graph.Numbers("c", 3, 1, 1, 1)]);
                graph.Numbers("k", 2, 2, 3);
                string[] each = [.. Enumerable.Range(0, 3).Select(channel =>
                {
                    string own = graph.Node("Gather", [pictures, graph.Scalar($"place{channel}", channel)], null, ("axis", 1));
                    return graph.Node("Reshape", [graph.Node("Conv", [own, "k"], null, ("pads", new[] { 1, 1 })), "all"]);
                })];
                graph.Node("Concat", each, "y", ("axis", 1));
                break;
            case "otherwise":
                graph.Node("Reshape", [Convolution(graph.Node("Reshape", ["x", "one"]), "k"), graph.Wholes("other", -1, 3, 16)], "y");
                break;
            default:
                string single = Convolution(graph.Node("Reshape", ["x", "one"]), "k");
                graph.Node("Add", [graph.Node("Reshape", [single, "all"]), graph.Node("ReduceMean", [single], null, ("axes", new[] { 2 }))], "y");
                break;
        }

        string path = Path.Combine(_folder.FullName, "model.onnx");
        graph.Write(path);

        ImportProblem problem = Assert.Throws<ImportException>(() => Onnx.Import(path)).Problems[0];

        Assert.StartsWith(node, problem.Node, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Instead);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Convolved(OnnxGraph graph, string x)
    {
        string y = graph.Node("Conv", [x, graph.Numbers("k", 3, 2, 3, 3), graph.Numbers("c", 3)], null, ("pads", new[] { 1, 1, 1, 1 }));
        return graph.Node("MaxPool", [graph.Node("Relu", [y])], null, ("kernel_shape", new[] { 3, 2 }), ("strides", new[] { 3, 2 }));
    }

    /// <summary>What is done to one step, by the same weights at each.</summary>
    private static string Step(OnnxGraph graph, string kind, string x, bool isFirst)
    {
        string Numbers(string name, params int[] dims) => isFirst ? graph.Numbers(name, dims) : name;
        string Wholes(string name, params long[] values) => isFirst ? graph.Wholes(name, values) : name;
        switch (kind)
        {
            case "pictures":
                string y = graph.Node("Relu", [graph.Node("Conv", [x, Numbers("k", 3, 2, 3, 3)], null, ("pads", new[] { 1, 1, 1, 1 }))]);
                string pooled = graph.Node("MaxPool", [y], null, ("kernel_shape", new[] { 3, 2 }), ("strides", new[] { 3, 2 }));
                return graph.Node("MatMul", [graph.Node("Reshape", [pooled, Wholes("flat", -1, 12)]), Numbers("w", 12, 5)]);
            case "recurrence":
                // States of zeros, as many as there are samples: told by the step itself, or by the whole input.
                string counted = graph.Node("Gather", [graph.Node("Shape", [x]), Wholes("zero", 0)], null, ("axis", 0));
                string whole = isFirst ? graph.Node("Gather", [graph.Node("Shape", ["x"]), "zero"], "samples", ("axis", 0)) : "samples";
                string[] states = [.. new[] { counted, whole }.Select((samples, index) =>
                    index == 0 || isFirst ? graph.Node("ConstantOfShape", [graph.Node("Concat", [Wholes($"way{index}", 1), samples, Wholes($"units{index}", 3)], null, ("axis", 0))], index == 0 ? null : "zeros") : "zeros")];
                graph.Node(
                    "LSTM", [graph.Node("Transpose", [x], null, ("perm", new[] { 1, 0, 2 })), Numbers("w", 1, 12, 2), Numbers("r", 1, 12, 3), "", "", .. states], $"all{x},last{x}", ("hidden_size", 3));
                return graph.Node("Squeeze", [$"last{x}", "first"]);
            default:
                string signal = graph.Node("Conv", [graph.Node("Transpose", [x], null, ("perm", new[] { 0, 2, 1 })), Numbers("k", 4, 2, 3)]);
                if (kind == "signals")
                {
                    return graph.Node("ReduceMax", [signal], null, ("axes", new[] { 2 }), ("keepdims", 0));
                }

                string samples = graph.Node("Gather", [graph.Node("Shape", [signal]), Wholes("zero", 0)], null, ("axis", 0));
                return graph.Node("Reshape", [signal, graph.Node("Concat", [samples, Wholes("rest", -1)], null, ("axis", 0))]);
        }
    }
}
