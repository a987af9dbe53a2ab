using Google.Protobuf;
using Unroll.Interop.OnnxFiles.Protobuf;
using Unroll.Tests;

namespace Unroll.Interop.Tests;

/// <summary>What cannot be represented is named, all at once; damaged files are errors, never crashes or half a model.</summary>
public sealed class OnnxRefusalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx");

    [Fact]
    public void EverythingThatCannotBeRepresentedIsNamedAtOnce()
    {
        ModelProto model = Model(17, ("x", [4, 6]));
        Node(model, "Relu", "act", ["x"], "a");
        Node(model, "Einsum", "sum", ["a", "a"], "b");
        Node(model, "Dropout", "behind the unknown", ["b"], "c");
        Node(model, "Softmax", "over samples", ["a"], "d", ("axis", 0));
        Node(model, "Sin", "wave", ["d"], "e");
        Node(model, "Elu", "new argument", ["a"], "f", ("speed", 3));
        NodeProto own = Node(model, "Gelu", "own", ["f"], "y");
        own.Domain = "my.domain";

        ImportException exception = Assert.Throws<ImportException>(() => Onnx.Import(Write(model)));

        Assert.Equal(
            [("sum", "Einsum", null), ("over samples", "Softmax", "axis"), ("wave", "Sin", null), ("own", "my.domain.Gelu", null)],
            exception.Problems.Select(static problem => (problem.Node, problem.Layer, problem.Argument)));
        Assert.All(exception.Problems, problem => Assert.Contains(problem.ToString(), exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void SizesThatOnlyARunKnowsAreNamed()
    {
        ModelProto model = Model(13, ("x", [0, 6]));
        Node(model, "Relu", "r", ["x"], "y");

        ImportProblem problem = Assert.Single(Assert.Throws<ImportException>(() => Onnx.Import(Write(model))).Problems);

        Assert.Equal(("x", "shape"), (problem.Node, problem.Argument));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(26)]
    public void OtherVersionsAreRefused(int opset)
    {
        ModelProto model = Model(opset, ("x", [4]));
        Node(model, "Relu", "r", ["x"], "y");

        Assert.Contains("7 to 25 are read", Assert.Throws<InvalidDataException>(() => Onnx.Import(Write(model))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 1 << 30, 1 << 30, 1 << 30 })]
    [InlineData(new long[] { -4, 4 })]
    [InlineData(new long[] { 4, 5 })]
    public void AConstantThatLiesAboutItsSizeIsAnError(long[] dims)
    {
        ModelProto model = Model(17, ("x", [4]));
        var tensor = new TensorProto { Name = "w", DataType = 1, RawData = ByteString.CopyFrom(new byte[64]) };
        tensor.Dims.AddRange(dims);
        model.Graph.Initializer.Add(tensor);
        Node(model, "MatMul", "m", ["x", "w"], "y");

        Assert.Contains("the constant 'w' has", Assert.Throws<InvalidDataException>(() => Onnx.Import(Write(model))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../w.bin", 64)]
    [InlineData("w.bin", 65)]
    public void ValuesOutsideAreReadBesideTheModelOnlyAndAsFarAsTheyGo(string location, int length)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "w.bin"), new byte[64]);
        Assert.Throws<InvalidDataException>(() => Onnx.Import(Write(External(location, length))));
        Assert.Equal(16, Onnx.Import(Write(External("w.bin", 64))).Tensors[0].Values.Length);
    }

    [Fact]
    public void NodesInACircleAreAnError()
    {
        ModelProto model = Model(17, ("x", [4]));
        Node(model, "Add", "first", ["x", "b"], "a");
        Node(model, "Relu", "second", ["a"], "b");

        Assert.Contains("in a circle", Assert.Throws<InvalidDataException>(() => Onnx.Import(Write(model))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileCutOffAnywhereIsAnError()
    {
        byte[] whole = File.ReadAllBytes(PathOf("flat.onnx"));
        string path = Path.Combine(_folder.FullName, "cut.onnx");
        for (int length = 0; length < whole.Length - 10; length += 13)
        {
            File.WriteAllBytes(path, whole[..length]);
            Exception? exception = Record.Exception(() => Onnx.Import(path));
            Assert.True(exception is InvalidDataException or ImportException, $"{length} bytes: {exception}");
        }
    }

    [Theory]
    [InlineData("flat.onnx")]
    [InlineData("skip.onnx")]
    [InlineData("signal.onnx")]
    [InlineData("activations_12.onnx")]
    [InlineData("layers.onnx")]
    [InlineData("states.onnx")]
    [InlineData("block_fixed.onnx")]
    [InlineData("heads.onnx")]
    public void AFileWithAnyByteChangedIsReadOrAnErrorWithinBoundedMemory(string name)
    {
        byte[] whole = File.ReadAllBytes(PathOf(name));
        string path = Path.Combine(_folder.FullName, "changed.onnx");
        var random = new Random(5);
        for (int place = 0; place < whole.Length; place += SlowTests.AreAskedFor ? 3 : 60)
        {
            byte[] changed = [.. whole];
            changed[place] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(changed[place] ^ (1 << random.Next(8)));
            File.WriteAllBytes(path, changed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? exception = Record.Exception(() => Onnx.Import(path));
            Assert.True(exception is null or InvalidDataException or ImportException or IOException, $"byte {place}: {exception}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 << 20, $"byte {place}");
        }
    }

    [Theory]
    [InlineData("sequence_lens", 4, 1f)]
    [InlineData("initial_h", 5, 0.5f)]
    [InlineData("P", 7, 0f)]
    [InlineData("clip", -1, 0f)]
    [InlineData("Y_c", -1, 0f)]
    [InlineData("activations", -1, 0f)]
    public void WhatARecurrenceHasBesidesItsLayerIsNamed(string argument, int input, float value)
    {
        ModelProto model = Model(17, ("x", [4, 2]));
        Node(model, "Transpose", "turn", ["x"], "t").Attribute.Add(new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1, 0, 2 } });
        Constant(model, "w", [1, 12, 2]);
        Constant(model, "r", [1, 12, 3]);
        string[] inputs = ["t", "w", "r", "", "", "", "", ""];
        if (input >= 0)
        {
            Constant(model, "more", [2], value);
            inputs[input] = "more";
        }

        NodeProto node = Node(model, "LSTM", "cell", inputs, "");
        node.Output.Add(argument == "Y_c" ? "h" : "y");
        node.Output.Add(argument == "Y_c" ? "y" : "");
        node.Output[0] = "all";
        if (argument == "clip")
        {
            node.Attribute.Add(new AttributeProto { Name = "clip", Type = AttributeProto.Types.AttributeType.Float, F = 3 });
        }
        else if (argument == "activations")
        {
            node.Attribute.Add(new AttributeProto
            {
                Name = "activations",
                Type = AttributeProto.Types.AttributeType.Strings,
                Strings = { ByteString.CopyFromUtf8("Sigmoid"), ByteString.CopyFromUtf8("Tanh"), ByteString.CopyFromUtf8("Relu") },
            });
        }

        ImportProblem problem = Assert.Throws<ImportException>(() => Onnx.Import(Write(model))).Problems[0];

        Assert.Equal(("cell", argument), (problem.Node, problem.Argument));
    }

    [Fact]
    public void AttentionWhoseQueriesAreNoDenseLayerIsNamed()
    {
        // Two heads of one number each.
        ModelProto model = Model(17, ("x", [4, 2]));
        AttributeProto Order(params long[] axes) => new() { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { axes } };
        void Shape(string name, params long[] sizes) =>
            model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Dims = { sizes.Length }, Int64Data = { sizes } });
        Shape("apart", -1, 4, 2, 1);
        Shape("together", -1, 4, 2);
        Node(model, "Reshape", "split", ["x", "apart"], "h");
        Node(model, "Transpose", "heads", ["h"], "q").Attribute.Add(Order(0, 2, 1, 3));
        Node(model, "Transpose", "turn", ["h"], "t").Attribute.Add(Order(0, 2, 3, 1));
        Node(model, "MatMul", "scores", ["q", "t"], "s");
        Node(model, "Softmax", "shares", ["s"], "p", ("axis", -1));
        Node(model, "MatMul", "mix", ["p", "q"], "m");
        Node(model, "Transpose", "back", ["m"], "o").Attribute.Add(Order(0, 2, 1, 3));
        Node(model, "Reshape", "join", ["o", "together"], "j");
        Constant(model, "w", [2, 3]);
        Node(model, "MatMul", "out", ["j", "w"], "y");

        ImportProblem problem = Assert.Single(Assert.Throws<ImportException>(() => Onnx.Import(Write(model))).Problems);

        Assert.Equal("out", problem.Node);
        Assert.Contains("queries, keys and values come from a dense layer each", problem.Why, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "onnx", file);

    private static ModelProto External(string location, int length)
    {
        ModelProto model = Model(17, ("x", [4]));
        var tensor = new TensorProto { Name = "w", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.AddRange([4, 4]);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{length}" });
        model.Graph.Initializer.Add(tensor);
        Node(model, "MatMul", "m", ["x", "w"], "y");
        return model;
    }

    private static void Constant(ModelProto model, string name, int[] dims, float value = 0)
    {
        var tensor = new TensorProto { Name = name, DataType = 1 };
        tensor.Dims.AddRange(dims.Select(static size => (long)size));
        tensor.FloatData.AddRange(Enumerable.Repeat(value, dims.Aggregate(1, static (product, size) => product * size)));
        model.Graph.Initializer.Add(tensor);
    }

    private static ModelProto Model(int opset, params (string Name, int[] Shape)[] inputs)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "graph" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        foreach ((string name, int[] shape) in inputs)
        {
            var sizes = new TensorShapeProto();
            sizes.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "n" });
            sizes.Dim.AddRange(shape.Select(static size => size > 0
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = "length" }));
            model.Graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = sizes } } });
        }

        model.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        return model;
    }

    private static NodeProto Node(ModelProto model, string operation, string name, string[] inputs, string output, params (string Name, int Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes.Select(static attribute =>
            new AttributeProto { Name = attribute.Name, I = attribute.Value, Type = AttributeProto.Types.AttributeType.Int }));
        model.Graph.Node.Add(node);
        return node;
    }

    private string Write(ModelProto model)
    {
        string path = Path.Combine(_folder.FullName, "model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
