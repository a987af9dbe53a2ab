namespace Unroll.Interop.Tests;

/// <summary>What the operators LSTM, GRU and RNN have besides their kernels, read and compared with ONNX Runtime.</summary>
public sealed class OnnxRecurrenceTests : IDisposable
{
    private const int Steps = 5;
    private const int Inputs = 3;
    private const int Units = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recurrence");

    /// <summary>A straight line within a function goes into the kernels and the bias, which a layer may have to get for it.</summary>
    [Theory]
    [InlineData("LSTM", "HardSigmoid,Tanh,Tanh", new float[0], new float[0], true, "[LSTM(4, RecurrentActivation = Activation.HardSigmoid)]")]
    [InlineData("LSTM", "HardSigmoid,Tanh,Tanh", new[] { 0.2f }, new[] { 0.5f }, false, "[LSTM(4, RecurrentActivation = Activation.HardSigmoid, UseBias = false)]")]
    [InlineData("LSTM", "HardSigmoid,HardSigmoid,HardSigmoid", new[] { 0.3f, 0.25f, 1 / 6f }, new[] { 0.4f, 0.6f, 0.5f }, false, "[LSTM(4, RecurrentActivation = Activation.HardSigmoid, Activation = Activation.HardSigmoid)]")]
    [InlineData("GRU", "HardSigmoid,Tanh", new[] { 0.2f }, new[] { 0.5f }, true, "[GRU(4, RecurrentActivation = Activation.HardSigmoid)]")]
    [InlineData("GRU", "Sigmoid,HardSigmoid", new[] { 0.2f }, new[] { 0.4f }, true, "[GRU(4, Activation = Activation.HardSigmoid)]")]
    [InlineData("GRU", "Sigmoid,HardSigmoid", new[] { 0.2f }, new[] { 0.4f }, false, "[GRU(4, ResetAfter = false, Activation = Activation.HardSigmoid)]")]
    [InlineData("RNN", "HardSigmoid", new[] { 0.2f }, new float[0], true, "[SimpleRNN(4, Activation = Activation.HardSigmoid)]")]
    [InlineData("RNN", "Affine", new[] { 0.5f }, new[] { 0.25f }, false, "[SimpleRNN(4, Activation = Activation.Linear)]")]
    [InlineData("RNN", "ScaledTanh", new[] { 1f }, new[] { 0.5f }, true, "[SimpleRNN(4)]")]
    [InlineData("RNN", "LeakyRelu", new[] { 0.2f }, new float[0], true, "[SimpleRNN(4, Activation = Activation.LeakyRelu)]")]
    public void FunctionsWithCoefficients(string operation, string functions, float[] alphas, float[] betas, bool isSecond, string layer)
    {
        // Whether there is a bias, and of a GRU whether it resets after the product.
        var graph = new OnnxGraph(17, Steps, Inputs);
        List<(string, object)> attributes = [("hidden_size", Units), ("activations", functions.Split(',')), ("activation_alpha", alphas), ("activation_beta", betas)];
        if (operation == "GRU")
        {
            attributes.Add(("linear_before_reset", isSecond ? 1 : 0));
        }

        Recurrence(graph, operation, 1, isSecond || operation == "GRU", [.. attributes]);
        graph.Node("Squeeze", ["last", graph.Wholes("first", 0)], "y");
        graph.AssertReadsAs(_folder, layer);
    }

    /// <summary>Coefficients are those of the functions that have some, one direction after the other.</summary>
    [Fact]
    public void EachDirectionHasItsCoefficients()
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string[] functions = ["HardSigmoid", "Tanh", "HardSigmoid", "Tanh"];
        Recurrence(graph, "GRU", 2, true, ("hidden_size", Units), ("direction", "bidirectional"), ("activations", functions), ("activation_alpha", new[] { 0.2f, 0.3f }), ("activation_beta", new[] { 0.5f, 0.6f }));
        string joined = graph.Node("Reshape", [graph.Node("Transpose", ["all"], null, ("perm", new[] { 2, 0, 1, 3 })), graph.Wholes("shape", -1, Steps, 2 * Units)]);
        graph.Node("Relu", [joined], "y");
        graph.AssertReadsAs(_folder, "[GRU(4, RecurrentActivation = Activation.HardSigmoid, ResetAfter = false, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)]");
    }

    [Theory]
    [InlineData("LSTM", "Sigmoid,HardSigmoid,HardSigmoid", new[] { 0.2f, 0.2f })]
    [InlineData("LSTM", "Sigmoid,Tanh,Relu", new float[0])]
    [InlineData("RNN", "Elu", new[] { 0.5f })]
    [InlineData("RNN", "LeakyRelu", new float[0])]
    [InlineData("RNN", "ThresholdedRelu", new[] { 1f })]
    [InlineData("RNN", "ScaledTanh", new[] { 2f, 1f })]
    [InlineData("RNN", "Tanh,Tanh", new float[0])]
    public void FunctionsThatNoLayerHasAreNamed(string operation, string functions, float[] alphas)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        Recurrence(graph, operation, 1, true, ("hidden_size", Units), ("activations", functions.Split(',')), ("activation_alpha", alphas));
        graph.Node("Squeeze", ["last", graph.Wholes("first", 0)], "y");
        string path = Path.Combine(_folder.FullName, "model.onnx");
        graph.Write(path);

        ImportProblem problem = Assert.Single(Assert.Throws<ImportException>(() => Onnx.Import(path)).Problems);

        Assert.Equal("activations", problem.Argument);
    }

    /// <summary>States that a model has learnt, and one of the two of an LSTM where the other is zeros.</summary>
    [Theory]
    [InlineData("LSTM", 1, true, true)]
    [InlineData("LSTM", 1, true, false)]
    [InlineData("LSTM", 2, false, true)]
    [InlineData("GRU", 2, true, false)]
    public void ConstantsThatARecurrenceBeginsWith(string operation, int directions, bool hasState, bool hasMemory)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        string shape = graph.Node("Concat", [graph.Wholes("ways", directions), graph.Node("Slice", [graph.Node("Shape", ["x"]), graph.Wholes("from", 0), graph.Wholes("to", 1)]), graph.Wholes("units", Units)], null, ("axis", 0));
        string State(string name) => graph.Node("Expand", [graph.Numbers(name, directions, 1, Units), shape]);
        int gates = operation == "LSTM" ? 4 : 3;
        string[] states = [hasState ? State("h") : graph.Node("ConstantOfShape", [shape]), .. operation != "LSTM" ? [] : new[] { hasMemory ? State("c") : "" }];
        graph.Node(
            operation,
            [steps, graph.Numbers("w", directions, gates * Units, Inputs), graph.Numbers("r", directions, gates * Units, Units), "", "", .. states],
            "all,last",
            ("hidden_size", Units),
            ("direction", directions == 2 ? "bidirectional" : "forward"));
        graph.Node("Tanh", [graph.Node("Reshape", [graph.Node("Transpose", ["last"], null, ("perm", new[] { 1, 0, 2 })), graph.Wholes("row", -1, directions * Units)])], "y");
        graph.AssertReadsAs(_folder, "[GlobalAveragePooling1D]\n[Rescaling(0f)]\n[Dense(4)]");
    }

    /// <summary>As PyTorch writes them where it exported for some samples.</summary>
    [Fact]
    public void ZerosForSoManySamples()
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        string samples = graph.Node("Slice", [graph.Node("Shape", ["x"]), graph.Wholes("from", 0), graph.Wholes("to", 1)]);
        string shape = graph.Node("Concat", [graph.Wholes("ways", 1), samples, graph.Wholes("units", Units)], null, ("axis", 0));
        string zeros = graph.Node("Expand", [graph.Floats("zeros", [1, 3, Units], new float[3 * Units]), shape]);
        graph.Node("GRU", [steps, graph.Numbers("w", 1, 3 * Units, Inputs), graph.Numbers("r", 1, 3 * Units, Units), "", "", zeros], "all,last", ("hidden_size", Units));
        graph.Node("Squeeze", ["last", graph.Wholes("first", 0)], "y");
        graph.AssertReadsAs(_folder, "[Network(5, 3)]\n[GRU(4, ResetAfter = false, UseBias = false)]");
    }

    private const string TwoWays = "Bidirectional = BidirectionalMerge.Concat";

    /// <summary>Backwards, and the steps in their order: each dense layer behind it works on the step that the file says.</summary>
    [Theory]
    [InlineData("LSTM", 1)]
    [InlineData("GRU", 1)]
    [InlineData("RNN", 2)]
    public void StepsOfARecurrenceThatGoesBackwardsInTheirOrder(string operation, int layers)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string each = Reverse(graph, operation);
        for (int i = 1; i < layers; i++)
        {
            graph.Node(operation, [each, graph.Numbers("w2", 1, Units, Units), graph.Numbers("r2", 1, Units, Units)], "more", ("hidden_size", Units), ("direction", "reverse"));
            each = graph.Node("Squeeze", ["more", "one"]);
        }

        string turned = graph.Node("Transpose", [each], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("Add", [graph.Node("MatMul", [turned, graph.Numbers("u", Units, Inputs)]), "x"], "y");
        graph.AssertReadsAs(_folder, TwoWays);
    }

    [Fact]
    public void StatesThatARecurrenceBackwardsBeginsWith()
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string mean = graph.Node("ReduceMean", ["x"], null, ("axes", new[] { 1 }), ("keepdims", 0));
        string begin = graph.Node("Unsqueeze", [graph.Node("MatMul", [mean, graph.Numbers("d", Inputs, Units)]), graph.Wholes("zero", 0)]);
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("LSTM", [steps, graph.Numbers("w", 1, 4 * Units, Inputs), graph.Numbers("r", 1, 4 * Units, Units), "", "", begin, begin], "all,last", ("hidden_size", Units), ("direction", "reverse"));
        string each = graph.Node("Transpose", [graph.Node("Squeeze", ["all", graph.Wholes("one", 1)])], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("Add", [each, graph.Node("Transpose", ["last"], null, ("perm", new[] { 1, 0, 2 }))], "y");
        graph.AssertReadsAs(_folder, TwoWays);
    }

    /// <summary>What pools over the steps, or takes the one it comes to last, does not mind their order.</summary>
    [Theory]
    [InlineData("ReduceMean", "[LSTM(4, ReturnSequences = true, GoBackwards = true)]\n[GlobalAveragePooling1D]")]
    [InlineData("ReduceSum", "[LSTM(4, ReturnSequences = true, GoBackwards = true)]\n[GlobalAveragePooling1D]")]
    [InlineData("GlobalMaxPool", "[LSTM(4, ReturnSequences = true, GoBackwards = true)]\n[GlobalMaxPooling1D]")]
    [InlineData("Gather", "[LSTM(4, GoBackwards = true)]")]
    [InlineData("Slice", "[LSTM(4, GoBackwards = true)]")]
    [InlineData("Gather2", TwoWays)]
    public void WhereTheOrderOfStepsIsNoMatter(string reader, string layers)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string each = Reverse(graph, "LSTM");
        string read = reader switch
        {
            "ReduceMean" => graph.Node(reader, [each], null, ("axes", new[] { 0 }), ("keepdims", 0)),
            "ReduceSum" => graph.Node(reader, [each, graph.Wholes("zero", -3)], null, ("keepdims", 0)),
            "GlobalMaxPool" => graph.Node("Squeeze", [graph.Node(reader, [graph.Node("Transpose", [each], null, ("perm", new[] { 1, 2, 0 }))]), graph.Wholes("two", 2)]),
            "Slice" => graph.Node("Squeeze", [graph.Node(reader, [each, graph.Wholes("from", 0), "one", graph.Wholes("axis", 0)]), "axis"]),
            _ => graph.Node("Gather", [each, graph.Scalar("place", reader == "Gather" ? -Steps : 1)], null, ("axis", 0)),
        };
        graph.Node("Relu", [read], "y");
        graph.AssertReadsAs(_folder, layers);
    }

    /// <summary>As Keras writes it for tf2onnx, and who builds it in PyTorch by hand.</summary>
    [Theory]
    [InlineData(2, "[GRU(4, ResetAfter = false, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)]")]
    [InlineData(0, "[Concatenate(")]
    public void TwoDirectionsByThemselvesAreOneLayer(int axis, string layer)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        Recurrence(graph, "GRU", 1, true, ("hidden_size", Units));
        graph.Node("Transpose", ["x"], "steps", ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", ["steps", graph.Numbers("w2", 1, 3 * Units, Inputs), graph.Numbers("r2", 1, 3 * Units, Units), graph.Numbers("b2", 1, 6 * Units)], "all2", ("hidden_size", Units), ("direction", "reverse"));
        string[] each = [graph.Node("Squeeze", ["all", graph.Wholes("one", 1)]), graph.Node("Squeeze", ["all2", "one"])];
        graph.Node("Transpose", [graph.Node("Concat", each, null, ("axis", axis))], "y", ("perm", new[] { 1, 0, 2 }));
        graph.AssertReadsAs(_folder, layer);
    }

    /// <summary>A sequence that is turned round before a recurrence, behind it, or both, by either operator.</summary>
    [Theory]
    [InlineData(true, false, "forward", true, "ReturnSequences = true, GoBackwards = true)]\n[Dense(")]
    [InlineData(true, true, "forward", true, TwoWays)]
    [InlineData(true, true, "forward", false, TwoWays)]
    [InlineData(true, true, "reverse", true, "[LSTM(4, UseBias = false, ReturnSequences = true)]\n[Dense(")]
    [InlineData(false, true, "reverse", false, "ReturnSequences = true, GoBackwards = true)]\n[Dense(")]
    public void SequencesAreTurnedRound(bool before, bool behind, string direction, bool bySlice, string layers)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string steps = graph.Node("Transpose", [before && bySlice ? Turned("x", 1) : "x"], null, ("perm", new[] { 1, 0, 2 }));
        steps = before && !bySlice ? Turned(steps, 0) : steps;
        graph.Node("LSTM", [steps, graph.Numbers("w", 1, 4 * Units, Inputs), graph.Numbers("r", 1, 4 * Units, Units)], "all", ("hidden_size", Units), ("direction", direction));
        string each = graph.Node("Squeeze", ["all", graph.Wholes("one", 1)]);
        string turned = graph.Node("Transpose", [behind && !bySlice ? Turned(each, 0) : each], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("MatMul", [behind && bySlice ? Turned(turned, 1) : turned, graph.Numbers("u", Units, 2)], "y");
        graph.AssertReadsAs(_folder, layers);

        // As torch.flip is exported, and as tf2onnx writes tf.reverse.
        string Turned(string value, int axis)
        {
            if (bySlice)
            {
                return graph.Node("Slice", [value, graph.Wholes($"{value}from", -1), graph.Wholes($"{value}to", -long.MaxValue), graph.Wholes($"{value}axis", axis), graph.Wholes($"{value}step", -1)]);
            }

            string samples = graph.Node("Gather", [graph.Node("Shape", [value]), graph.Wholes($"{value}one", 1)]);
            string lengths = graph.Node("Expand", [graph.Wholes($"{value}steps", Steps), samples]);
            return graph.Node("ReverseSequence", [value, lengths], null, ("batch_axis", 1), ("time_axis", 0));
        }
    }

    [Theory]
    [InlineData("features")]
    [InlineData("dense")]
    [InlineData("lengths")]
    public void WhatNoLayerTurnsRoundIsNamed(string kind)
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        string turned = kind == "lengths" ? graph.Node("ReverseSequence", [graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 })), graph.Wholes("some", 2, 3, 4)])
            : graph.Node("Slice", ["x", graph.Wholes("from", -1), graph.Wholes("to", -99), graph.Wholes("axis", kind == "dense" ? 1 : 2), graph.Wholes("step", -1)]);
        graph.Node("Add", [graph.Node("MatMul", [turned, graph.Numbers("w", Inputs, 2)]), graph.Numbers("b", 2)], "y");
        string path = Path.Combine(_folder.FullName, "model.onnx");
        graph.Write(path);

        Assert.Single(Assert.Throws<ImportException>(() => Onnx.Import(path)).Problems);
    }

    /// <summary>As PyTorch's decoders with attention read an encoder.</summary>
    [Fact]
    public void AllStepsAndTheLastStatesOfTwoDirections()
    {
        var graph = new OnnxGraph(17, Steps, Inputs);
        Recurrence(graph, "GRU", 2, true, ("hidden_size", Units), ("direction", "bidirectional"));
        string joined = graph.Node("Reshape", [graph.Node("Transpose", ["all"], null, ("perm", new[] { 2, 0, 1, 3 })), graph.Wholes("shape", -1, Steps, 2 * Units)]);
        string mean = graph.Node("ReduceMean", [joined], null, ("axes", new[] { 1 }), ("keepdims", 0));
        string first = graph.Node("Gather", ["last", graph.Scalar("zero", 0)], null, ("axis", 0));
        string second = graph.Node("Gather", ["last", graph.Scalar("one", 1)], null, ("axis", 0));
        graph.Node("Add", [graph.Node("Concat", [second, first], null, ("axis", 1)), mean], "y");
        graph.AssertReadsAs(_folder, "[GlobalAveragePooling1D");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The steps of one that goes backwards.</summary>
    private static string Reverse(OnnxGraph graph, string operation)
    {
        Recurrence(graph, operation, 1, true, ("hidden_size", Units), ("direction", "reverse"));
        return graph.Node("Squeeze", ["all", graph.Wholes("one", 1)]);
    }

    /// <summary>A recurrence over the steps of x that gives <c>all</c> of them and the <c>last</c>.</summary>
    private static void Recurrence(OnnxGraph graph, string operation, int directions, bool hasBias, params (string, object)[] attributes)
    {
        int gates = operation switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        string[] bias = hasBias ? [graph.Numbers("b", directions, 2 * gates * Units)] : [];
        graph.Node(operation, [steps, graph.Numbers("w", directions, gates * Units, Inputs), graph.Numbers("r", directions, gates * Units, Units), .. bias], "all,last", attributes);
    }
}
