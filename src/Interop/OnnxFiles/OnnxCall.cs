using System.Globalization;
using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;
using AttributeType = Unroll.Interop.OnnxFiles.Protobuf.AttributeProto.Types.AttributeType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>One node on its way to layers: what it reads, its attributes, and what it becomes.</summary>
internal sealed class OnnxCall(NodeProto node, OnnxTranslation translation)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public NodeProto Node => node;

    public string Operator => node.OpType;

    public int Opset => translation.Opset;

    public OnnxTranslation Translation => translation;

    /// <summary>What messages call it.</summary>
    public string Name => node.Name.Length > 0 ? node.Name : $"{node.OpType} of '{node.Output.FirstOrDefault()}'";

    /// <summary>The attributes that nothing asked for.</summary>
    public IEnumerable<AttributeProto> Unread => node.Attribute.Where(attribute => !_read.Contains(attribute.Name));

    public bool Has(int input) => input < node.Input.Count && node.Input[input].Length > 0;

    /// <summary>The constant it reads; null where that is computed from the network's input.</summary>
    public OnnxTensor? Constant(int input) => Has(input) ? translation.Constant(node.Input[input]) : null;

    /// <summary>What it reads, which must be computed from the network's input, samples first.</summary>
    public OnnxValue Value(int input = 0) => Batched(input) is { Batch: 0 } value
        ? value
        : throw Refusal(null, "samples are not the first axis of what it reads", "export the model with the batch first");

    /// <summary>What it reads, whichever axis the samples are; one step of it where they are joined with steps.</summary>
    public OnnxValue Batched(int input = 0)
    {
        CheckComputed(input);
        return translation.Loose(node.Input[input]) is not LooseValue loose ? translation.Value(node.Input[input])
            : loose.JoinsSamples ? translation.Blocks.Enter(this, loose)
            : LooseAxes.Settle(this, loose);
    }

    /// <summary>What it reads, for a layer that works on each step by itself: samples may be joined with steps.</summary>
    /// <remarks>Steps that are vectors need no block, nor do several values. A block of nothing but such layers is none in the end.</remarks>
    public OnnxValue Each(int input = 0)
    {
        CheckComputed(input);
        if (translation.Loose(node.Input[input]) is not { File: [{ Length: > 1 } joined, ..] } loose || !joined.Contains(Factor.Samples) || (loose.File.Length > 2 && IsOnlyValue(input)))
        {
            return Batched(input);
        }

        Factor[][] steps = [.. joined.Where(static factor => factor != Factor.Samples).Select(static factor => new[] { factor })];
        return LooseAxes.Settle(this, loose with { File = [[Factor.Samples], .. steps, .. loose.File[1..]] }) with { Joined = joined };
    }

    /// <summary>What it reads, whatever the file has done to its axes.</summary>
    public LooseValue Loose(int input)
    {
        CheckComputed(input);
        return translation.Loose(node.Input[input]) ?? LooseValue.Of(translation.Value(node.Input[input]));
    }

    /// <summary>Whether the file has done something to the axes of what it reads that no layer stands for.</summary>
    public bool IsLoose(int input) => Has(input) && (translation.Loose(node.Input[input]) is not null || translation.Find(node.Input[input]) is { Batch: > 0 });

    /// <summary>The products of queries and keys that it reads; null where it is another value.</summary>
    public AttentionScores? Scores(int input) => Has(input) ? translation.Scores(node.Input[input]) : null;

    /// <summary>A constant that cannot be something else.</summary>
    public OnnxTensor Required(int input, string what) => Constant(input)
        ?? throw Refusal(what, Has(input) ? "it is computed from the network's input, and a layer has it as a number" : "it is missing", "export the model with a constant here");

    public long Int(string name, long fallback) => Find(name, AttributeType.Int)?.I ?? fallback;

    public float Float(string name, float fallback) => Find(name, AttributeType.Float)?.F ?? fallback;

    public string Text(string name, string fallback) => Find(name, AttributeType.String)?.S.ToStringUtf8() ?? fallback;

    /// <summary>Numbers for each axis; null where they are left out.</summary>
    public int[]? Ints(string name) => Find(name, AttributeType.Ints)?.Ints.Select(value => Int(value, name)).ToArray();

    /// <summary>The same where they may be beyond any axis.</summary>
    public long[]? Longs(string name) => Find(name, AttributeType.Ints)?.Ints.ToArray();

    /// <summary>One whole number, an attribute or, in newer files, a constant; null where there is none.</summary>
    public long? Whole(string name, int input) => Longs(name) is [long number] ? number : Constant(input)?.Wholes is [long whole] ? whole : null;

    public float[]? Floats(string name) => Find(name, AttributeType.Floats)?.Floats.ToArray();

    public string[] Texts(string name) => [.. Find(name, AttributeType.Strings)?.Strings.Select(static text => text.ToStringUtf8()) ?? []];

    public TensorProto? Tensor(string name) => Find(name, AttributeType.Tensor)?.T;

    /// <summary>Axes, which older versions give as an attribute and newer ones as a constant; null where neither is given.</summary>
    public int[]? Axes(int input) => Ints("axes") ?? (Has(input) ? [.. WholeNumbers(input, "axes").Select(value => Int(value, "axes"))] : null);

    public long[] WholeNumbers(int input, string what) => Required(input, what).Wholes
        ?? throw Refusal(what, "they should be whole numbers", "export the model again");

    public int Int(long value, string what) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw Refusal(what, $"it says {value.ToString(CultureInfo.InvariantCulture)}", "export the model with a number that fits into 32 bits");

    /// <summary>An axis of a value, counted without the batch.</summary>
    /// <param name="axis">As the file counts, from the end below 0.</param>
    /// <param name="value">The value.</param>
    public int SampleAxis(long axis, OnnxValue value)
    {
        long rank = value.Shape.Length + 1 - value.Steps;
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank && counted != value.Batch
            ? (int)(counted > value.Batch ? counted - 1 : counted) + value.Steps
            : throw Refusal("axis", $"an axis of a sample is expected, 1 to {Number((int)rank - 1)}, and the file says {axis.ToString(CultureInfo.InvariantCulture)}", "leave the batch axis alone");
    }

    /// <summary>Says that the node has a value of the class.</summary>
    public void Give(OnnxValue value, int output = 0) => translation.Give(node.Output[output], value);

    public void Give(LooseValue value, int output = 0) => translation.Give(node.Output[output], value);

    /// <summary>Adds the layer of this node.</summary>
    public NetworkNode Add(Type attribute, params OnnxValue[] inputs) => translation.Add(attribute, GivenName, inputs);

    /// <summary>Says that the graph it repeats is read elsewhere.</summary>
    public void ReadBody() => _read.Add("body");

    /// <summary>Says that what the attributes mean is known.</summary>
    public void ReadAll() => _read.UnionWith(node.Attribute.Select(static attribute => attribute.Name));

    public static RefusedNodeException Refusal(string? argument, string why, string instead) => new(argument, why, instead);

    private bool IsOnlyValue(int input) => !node.Input.Any(other => other.Length > 0 && other != node.Input[input] && translation.Constant(other) is null);

    private void CheckComputed(int input)
    {
        if (!Has(input) || Constant(input) is not null)
        {
            throw Refusal(null, $"its input {Number(input)} is a constant", "compute it once, before the model is exported");
        }

        if (Scores(input) is not null)
        {
            throw Refusal(null, "it reads the products of queries and keys, which only their softmax does in a network", "build the model from layers that Unroll has");
        }
    }

    /// <summary>What the model called the layer, as far as the node or a constant behind it tells.</summary>
    public string? GivenName => OnnxNames.Of(node) ?? FurtherName;

    /// <summary>A name out of another node that became part of the layer.</summary>
    public string? FurtherName { get; set; }

    private AttributeProto? Find(string name, AttributeType type)
    {
        _read.Add(name);
        AttributeProto? found = node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
        return found is null || found.Type == type || found.Type == AttributeType.Undefined
            ? found
            : throw Refusal(name, $"it should be {type} and is {found.Type}", "export the model again");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
