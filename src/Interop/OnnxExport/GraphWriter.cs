using System.Globalization;
using Google.Protobuf;
using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;
using AttributeType = Unroll.Interop.OnnxFiles.Protobuf.AttributeProto.Types.AttributeType;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxExport;

/// <summary>Gathers nodes and constants, and moves channels to where an operator wants them.</summary>
internal sealed class GraphWriter(ModelBase model)
{
    private readonly GraphProto _whole = new() { Name = model.GetType().Name };
    private readonly List<(string Name, string Value, int[] Shape)> _states = [];
    private GraphProto? _body;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private string _scope = "";

    public GraphProto Graph => _whole;

    /// <summary>Whether the present layer is given one step of a stream, its states coming in and going out.</summary>
    public bool IsStep { get; private set; }

    // What nodes are added to; constants stand in the whole graph, which bodies of loops see.
    private GraphProto Current => _body ?? _whole;

    /// <summary>Nodes that follow are those of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="isStep">Whether it is given one step of a stream.</param>
    public void Begin(ModelLayer layer, bool isStep)
    {
        _scope = layer.Name;
        IsStep = isStep;
    }

    public float[] Parameter(ModelLayer layer, string part) => model.Parameters[$"{layer.Owner}/{part}"].ToArray();

    public int[] ShapeOf(ModelLayer layer, string part) => [.. model.Parameters[$"{layer.Owner}/{part}"].Shape];

    /// <summary>The parameter as it is, under its own name; written once, however many layers share it.</summary>
    public string Weight(ModelLayer layer, string part) => Constant($"{layer.Owner}/{part}", ShapeOf(layer, part), Parameter(layer, part));

    /// <summary>Numbers that came of a parameter, under its name.</summary>
    public string Weight(ModelLayer layer, string part, int[] shape, float[] values) => Constant($"{layer.Owner}/{part}", shape, values);

    public string Number(float value) => Constant(Fresh("number"), [], [value]);

    public string Numbers(int[] shape, float[] values) => Constant(Fresh("numbers"), shape, values);

    public string Wholes(params long[] values)
    {
        var tensor = new TensorProto { Name = Fresh("shape"), DataType = (int)DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        _whole.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string operation, IEnumerable<string> inputs, params (string Name, object Value)[] attributes) =>
        AddMany(operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node of several outputs.</summary>
    /// <returns>The outputs' names.</returns>
    public string[] AddMany(string operation, IEnumerable<string> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = Fresh(operation) };
        node.Input.AddRange(inputs);
        node.Output.Add(node.Name + "_output");
        node.Output.AddRange(Enumerable.Range(1, outputs - 1).Select(output => string.Create(CultureInfo.InvariantCulture, $"{node.Name}_output{output}")));
        node.Attribute.AddRange(attributes.Select(static attribute => Attribute(attribute.Name, attribute.Value)));
        Current.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>The body of a loop, which <paramref name="write"/> adds.</summary>
    public GraphProto Within(Action write)
    {
        _body = new GraphProto { Name = Fresh("body") };
        write();
        GraphProto body = _body;
        _body = null;
        return body;
    }

    /// <summary>What the loop gives its body.</summary>
    public string BodyInput(string name)
    {
        string input = Fresh(name);
        Current.Input.Add(OfFloats(input));
        return input;
    }

    /// <summary>What the body gives the loop.</summary>
    public void BodyOutput(string value)
    {
        // A value may go out twice, under two names.
        string output = Add("Identity", [value]);
        Current.Output.Add(OfFloats(output));
    }

    /// <summary>A state of a stream, which comes in: zeros at the beginning.</summary>
    public string StateInput(ModelLayer layer, string state, int[] shape)
    {
        AddInput($"{layer.Name}/{state}", shape);
        return $"{layer.Name}/{state}";
    }

    /// <summary>The state after the step, which comes in with the next one.</summary>
    public void StateOutput(ModelLayer layer, string state, string value, int[] shape)
    {
        string name = $"{layer.Name}/{state}/next";
        Reserve(name);
        _states.Add((name, value, shape));
    }

    /// <summary>The states, behind the outputs of the network.</summary>
    public void AddStateOutputs()
    {
        foreach ((string name, string value, int[] shape) in _states)
        {
            AddOutput(name, new ExportValue(value, shape));
        }
    }

    /// <summary>The value with its channels first; one of a single axis has nothing to move.</summary>
    public ExportValue ChannelsFirst(ExportValue x) => x.IsChannelsFirst || x.Shape.Length == 1
        ? x
        : x with { Name = Transposed(x.Name, [0, x.Shape.Length, .. Enumerable.Range(1, x.Shape.Length - 1)]), IsChannelsFirst = true };

    /// <summary>The value as the network has it.</summary>
    public ExportValue AsNetwork(ExportValue x) => x.IsChannelsFirst
        ? x with { Name = Transposed(x.Name, [0, .. Enumerable.Range(2, x.Shape.Length - 1), 1]), IsChannelsFirst = false }
        : x;

    public string Transposed(string x, int[] order) => Add("Transpose", [x], ("perm", order));

    public void AddInput(string name, int[] shape)
    {
        _names.Add(name);
        _whole.Input.Add(Described(name, shape));
    }

    public void AddOutput(string name, ExportValue value)
    {
        var node = new NodeProto { OpType = "Identity", Name = Fresh("Identity") };
        node.Input.Add(AsNetwork(value).Name);
        node.Output.Add(name);
        _whole.Node.Add(node);
        _whole.Output.Add(Described(name, value.Shape));
    }

    public void Reserve(string name) => _names.Add(name);

    private string Constant(string name, int[] shape, float[] values)
    {
        if (_constants.Add(name))
        {
            var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
            tensor.Dims.AddRange(shape.Select(static size => (long)size));
            tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values));
            _whole.Initializer.Add(tensor);
        }

        return name;
    }

    private string Fresh(string kind)
    {
        string name = $"{_scope}/{kind}";
        for (int number = 1; !_names.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{_scope}/{kind}_{number}");
        }

        return name;
    }

    private static ValueInfoProto OfFloats(string name) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } } };

    private static ValueInfoProto Described(string name, int[] shape)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "n" });
        sizes.Dim.AddRange(shape.Select(static size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = sizes } } };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int number:
                attribute.Type = AttributeType.Int;
                attribute.I = number;
                break;
            case float number:
                attribute.Type = AttributeType.Float;
                attribute.F = number;
                break;
            case string text:
                attribute.Type = AttributeType.String;
                attribute.S = ByteString.CopyFromUtf8(text);
                break;
            case string[] texts:
                attribute.Type = AttributeType.Strings;
                attribute.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8));
                break;
            case GraphProto graph:
                attribute.Type = AttributeType.Graph;
                attribute.G = graph;
                break;
            default:
                attribute.Type = AttributeType.Ints;
                attribute.Ints.AddRange(((int[])value).Select(static number => (long)number));
                break;
        }

        return attribute;
    }
}
