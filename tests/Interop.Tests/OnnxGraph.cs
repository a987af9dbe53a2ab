using System.Text.RegularExpressions;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Unroll.Interop.OnnxFiles.Protobuf;
using Unroll.Runtime.Tests;
using Unroll.Tool;
using AttributeType = Unroll.Interop.OnnxFiles.Protobuf.AttributeProto.Types.AttributeType;

namespace Unroll.Interop.Tests;

/// <summary>A graph written down in a test, node by node, which ONNX Runtime runs as well.</summary>
internal sealed class OnnxGraph
{
    private readonly ModelProto _model = new() { IrVersion = 10, Graph = new GraphProto { Name = "graph" } };
    private readonly Random _random = new(5);
    private readonly int[] _shape;

    /// <param name="opset">The version of the operators.</param>
    /// <param name="shape">Of a sample of its input <c>x</c>; the output is <c>y</c>.</param>
    public OnnxGraph(int opset, params int[] shape)
    {
        _shape = shape;
        _model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        var sizes = new TensorShapeProto();
        sizes.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "n" });
        sizes.Dim.AddRange(shape.Select(static size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        _model.Graph.Input.Add(Value("x", sizes));
        _model.Graph.Output.Add(Value("y", null));
    }

    /// <summary>Numbers between −1 and 1 under a name.</summary>
    public string Numbers(string name, params int[] dims) =>
        Floats(name, dims, [.. Enumerable.Range(0, dims.Aggregate(1, static (product, size) => product * size)).Select(_ => (_random.NextSingle() * 2) - 1)]);

    public string Floats(string name, int[] dims, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = 1 };
        tensor.Dims.AddRange(dims.Select(static size => (long)size));
        tensor.FloatData.AddRange(values);
        _model.Graph.Initializer.Add(tensor);
        return name;
    }

    public string Wholes(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = 7 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        _model.Graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A whole number without an axis.</summary>
    public string Scalar(string name, long value)
    {
        _model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Int64Data = { value } });
        return name;
    }

    /// <summary>A node whose output has the name of its operator and number, or another.</summary>
    public string Node(string operation, string[] inputs, string? output = null, params (string Name, object Value)[] attributes)
    {
        string name = output ?? $"{operation}_{_model.Graph.Node.Count}";
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{_model.Graph.Node.Count}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(name.Split(','));
        node.Attribute.AddRange(attributes.Select(static attribute => attribute.Value switch
        {
            int number => new AttributeProto { Name = attribute.Name, I = number, Type = AttributeType.Int },
            float number => new AttributeProto { Name = attribute.Name, F = number, Type = AttributeType.Float },
            string text => new AttributeProto { Name = attribute.Name, S = ByteString.CopyFromUtf8(text), Type = AttributeType.String },
            long[] numbers => new AttributeProto { Name = attribute.Name, Type = AttributeType.Ints, Ints = { numbers } },
            string[] texts => new AttributeProto { Name = attribute.Name, Type = AttributeType.Strings, Strings = { texts.Select(ByteString.CopyFromUtf8) } },
            float[] numbers => new AttributeProto { Name = attribute.Name, Type = AttributeType.Floats, Floats = { numbers } },
            GraphProto body => new AttributeProto { Name = attribute.Name, G = body, Type = AttributeType.Graph },
            int[] numbers => new AttributeProto { Name = attribute.Name, Type = AttributeType.Ints, Ints = { numbers.Select(static number => (long)number) } },
            _ => throw new ArgumentException(attribute.Name),
        }));
        _model.Graph.Node.Add(node);
        return name;
    }

    /// <summary>Writes it, reads it as a network that has some layers, and compares what that predicts with ONNX Runtime.</summary>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="layers">What the class contains, names left out.</param>
    public void AssertReadsAs(DirectoryInfo folder, string layers)
    {
        string path = WriteTo(folder);
        ImportedNetwork network = Onnx.Import(path);
        string source = Regex.Replace(network.Source.ReplaceLineEndings("\n"), "(, Name = \"[^\"]*\"|(?<=\\()Name = \"[^\"]*\"(, )?)", "").Replace("()]", "]", StringComparison.Ordinal);
        Assert.True(source.Contains(layers, StringComparison.Ordinal), $"expected is {layers} in {source}");
        (float[] inputs, float[] computed) = Run(path);
        float[] expected = network.Outputs[0].Arrange(computed);
        float[] predicted = CompiledNetwork.Compile(network).Predict([network.Inputs[0].Arrange(inputs)])[0];
        Assert.Equal(expected.Length, predicted.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], predicted[i], relative: 1e-5, absolute: 1e-6, $"[{i}]");
        }
    }

    /// <summary>Writes it into a folder.</summary>
    /// <returns>The file.</returns>
    public string WriteTo(DirectoryInfo folder)
    {
        string path = Path.Combine(folder.FullName, "model.onnx");
        Write(path);
        return path;
    }

    public void Write(string path) => File.WriteAllBytes(path, _model.ToByteArray());

    /// <summary>Some samples, and what ONNX Runtime makes of them.</summary>
    public (float[] Inputs, float[] Outputs) Run(string path)
    {
        const int Samples = 3;
        float[] inputs = [.. Enumerable.Range(0, Samples * _shape.Aggregate(1, static (product, size) => product * size)).Select(_ => (_random.NextSingle() * 2) - 1)];
        using var session = new InferenceSession(path);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(inputs, [Samples, .. _shape]))]);
        return (inputs, results[0].AsTensor<float>().ToArray());
    }

    /// <summary>Floats of any shape, or one of something else.</summary>
    public static ValueInfoProto Value(string name, int type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = type == 1 ? null : new TensorShapeProto() } } };

    private static ValueInfoProto Value(string name, TensorShapeProto? shape) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } };
}
