using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Unroll.Interop.OnnxFiles.Protobuf;
using Unroll.Runtime.Tests;
using Unroll.Tool;
using AttributeType = Unroll.Interop.OnnxFiles.Protobuf.AttributeProto.Types.AttributeType;

namespace Unroll.Interop.Tests;

/// <summary>A loop over the steps of a sequence is a layer where it computes that layer at every step, for numbers of every size and for each sample by itself.</summary>
public sealed class OnnxLoopTests : IDisposable
{
    private const int Steps = 12;
    private const int Inputs = 3;
    private const int Units = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loop");

    [Theory]
    [InlineData("", Units)]
    [InlineData("", 1)]
    [InlineData("linear", 1)]
    [InlineData("hard", Units)]
    public void ALoopIsTheLayer(string change, int units)
    {
        string path = Write(change, units, out OnnxGraph graph);

        ImportedNetwork network = Onnx.Import(path);

        (float[] inputs, float[] expected) = graph.Run(path);
        float[] predicted = CompiledNetwork.Compile(network).Predict([inputs])[0];
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], predicted[i], relative: 1e-5, absolute: 1e-6, $"[{i}]");
        }
    }

    [Theory]
    [InlineData("limit", "no cell of LSTM, GRU or SimpleRNN")]
    [InlineData("samples", "no cell of LSTM, GRU or SimpleRNN")]
    [InlineData("turned", "no cell of LSTM, GRU or SimpleRNN")]
    [InlineData("late", "no cell of LSTM, GRU or SimpleRNN")]
    [InlineData("counter", "does not go up by one with each step")]
    [InlineData("early", "it does not end with the last of 12 steps")]
    [InlineData("state", "which only a run knows there")]
    public void OneThatDiffersSomewhereIsRefused(string change, string why)
    {
        ImportException exception = Assert.Throws<ImportException>(() => Onnx.Import(Write(change, Units, out _)));

        Assert.Contains(why, Assert.Single(exception.Problems, static problem => problem.Layer.StartsWith("Loop", StringComparison.Ordinal)).Why, StringComparison.Ordinal);
    }

    /// <summary>A loop is the cell that it computes, and one that computes something else is none.</summary>
    [Theory]
    [InlineData("gru/sub/x", 2f, "what it repeats is no cell of LSTM, GRU or SimpleRNN")]
    [InlineData("gru/most", 3f, "it does not end with the last of 5 steps")]
    [InlineData("gru/Max", 4f, "it does not end with the last of 5 steps")]
    public void LoopsOfSomethingElseAreRefused(string constant, float value, string why)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "loops.onnx")));
        GraphProto body = model.Graph.Node.First(static node => node.OpType == "Loop").Attribute.Single().G;
        TensorProto changed = model.Graph.Initializer.Concat(body.Initializer).Single(tensor => tensor.Name == constant);
        changed.RawData = ByteString.CopyFrom(changed.DataType == 1 ? BitConverter.GetBytes(value) : BitConverter.GetBytes((long)value));
        string path = Path.Combine(_folder.FullName, "changed.onnx");
        File.WriteAllBytes(path, model.ToByteArray());

        ImportException exception = Assert.Throws<ImportException>(() => Onnx.Import(path));

        Assert.Contains(why, Assert.Single(exception.Problems).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxRuntimeRunsTheLoopsToo()
    {
        string PathOf(string ending) => Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "loops" + ending);
        NpyFile x = NpyFile.Read(PathOf(".x0.npy"));
        using var session = new InferenceSession(PathOf(".onnx"));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("x0", new DenseTensor<float>(x.Values, [.. x.Shape]))]);

        float[] expected = NpyFile.Read(PathOf(".y0.npy")).Values;
        Assert.All(results.Single().AsTensor<float>().ToArray().Zip(expected), static pair => Assert.InRange(pair.First - pair.Second, -1e-6f, 1e-6f));
    }

    [Fact]
    public void LoopsAndBranchesAreNamedAtOnce()
    {
        var graph = new OnnxGraph(17, 4);
        graph.Node("Scan", ["x"], "a");
        graph.Node("Loop", ["x"], "b");
        graph.Node("If", ["x"], "c");
        graph.Node("Sum", ["a", "b", "c"], "y");

        ImportException exception = Assert.Throws<ImportException>(() => Onnx.Import(graph.WriteTo(_folder)));

        Assert.Equal(["Scan", "Loop", "If"], exception.Problems.Select(static problem => problem.Layer));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string change, int units, out OnnxGraph graph)
    {
        graph = new OnnxGraph(17, Steps, Inputs);
        graph.Node("Transpose", ["x"], "steps", ("perm", new[] { 1, 0, 2 }));
        graph.Numbers("W", Inputs, units);
        graph.Numbers("U", units, units);
        graph.Numbers("B", units);
        graph.Floats("limit", [], 30);
        graph.Scalar("late", Steps - 2);
        graph.Scalar("one", change == "counter" ? 0 : 1);
        graph.Scalar("zero", 0);
        graph.Wholes("places", 0);
        string samples = graph.Node("Slice", [graph.Node("Shape", ["x"]), graph.Wholes("from", 0), graph.Wholes("to", 1)]);
        string zeros = graph.Node("ConstantOfShape", [graph.Node("Concat", [samples, graph.Wholes("units", units)], null, ("axis", 0))]);
        var body = new GraphProto { Name = "body" };
        void Add(string operation, string inputs, string output, int axis = -1)
        {
            var node = new NodeProto { OpType = operation, Input = { inputs.Split(' ') }, Output = { output } };
            if (axis >= 0)
            {
                node.Attribute.Add(new AttributeProto { Name = "axis", I = axis, Type = AttributeType.Int });
            }

            body.Node.Add(node);
        }

        Add("Add", "t one", "next");
        Add("Gather", "steps t", "step", 0);
        Add("MatMul", "step W", "a");
        if (change == "samples")
        {
            Add("Gather", "h places", "first", 0);
        }

        Add("MatMul", change == "samples" ? "first U" : "h U", "b");
        Add("Add", "a b", "c");
        Add("Add", "c B", "sum");
        Add(change switch { "linear" => "Identity", "limit" => "Relu", "hard" => "HardSigmoid", _ => "Tanh" }, "sum", "cell");
        Add("Less", "t late", "isEarly");
        Add("Min", "cell limit", "limited");
        Add("Where", "isEarly cell h", "kept");
        Add("Identity", change switch { "limit" => "limited", "late" => "kept", _ => "cell" }, "h2");
        Add(change == "turned" ? "Transpose" : "Identity", "h2", "out");
        Add(change == "state" ? "Less" : "Identity", change switch { "early" => "isEarly", "state" => "h2 limit", _ => "goes" }, "goesOn");
        body.Input.AddRange(new[] { ("i", 7), ("goes", 9), ("t", 7), ("h", 1) }.Select(static value => OnnxGraph.Value(value.Item1, value.Item2)));
        body.Output.AddRange(new[] { ("goesOn", 9), ("next", 7), ("h2", 1), ("out", 1) }.Select(static value => OnnxGraph.Value(value.Item1, value.Item2)));
        graph.Node("Loop", [graph.Scalar("count", Steps), "", "zero", zeros], "end,last,all", ("body", body));
        graph.Node("Relu", [change == "turned" ? "all" : "last"], "y");
        return graph.WriteTo(_folder);
    }
}
