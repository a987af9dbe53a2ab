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

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A recurrence over the steps of x that gives <c>all</c> of them and the <c>last</c>.</summary>
    private static void Recurrence(OnnxGraph graph, string operation, int directions, bool hasBias, params (string, object)[] attributes)
    {
        int gates = operation switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        string[] bias = hasBias ? [graph.Numbers("b", directions, 2 * gates * Units)] : [];
        graph.Node(operation, [steps, graph.Numbers("w", directions, gates * Units, Inputs), graph.Numbers("r", directions, gates * Units, Units), .. bias], "all,last", attributes);
    }
}
