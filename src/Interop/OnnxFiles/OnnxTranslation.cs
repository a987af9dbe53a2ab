using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Walks a graph from its inputs to its outputs and gathers the layers that its nodes become.</summary>
internal sealed class OnnxTranslation
{
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LooseValue> _loose = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttentionScores> _scores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxValue[]> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<NetworkNode, PendingAttention> _pending = [];
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<NetworkNode, int> _namesOf = [];
    private readonly HashSet<NodeProto> _done = new((IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
    private readonly List<NetworkNode> _layers = [];
    private readonly ImportReport _report;
    private IReadOnlyDictionary<NodeProto, Action<OnnxCall>> _ruleOf = new Dictionary<NodeProto, Action<OnnxCall>>();
    private readonly string _path;

    private OnnxTranslation(OnnxFile file, string path, ImportReport report)
    {
        _path = path;
        _report = report;
        Opset = file.Opset;
        Tensors = new OnnxTensorReader(path);
        Links = new OnnxLinks(file.Graph, path);
        Blocks = new StepBlocks(this);
    }

    public int Opset { get; }

    /// <summary>The node that becomes layers now.</summary>
    public OnnxCall? Current { get; private set; }

    public OnnxTensorReader Tensors { get; }

    public OnnxLinks Links { get; }

    /// <summary>What the file does to single steps.</summary>
    public StepBlocks Blocks { get; }

    public IReadOnlyList<NetworkNode> Layers => _layers;

    /// <summary>The network's inputs by the file's names, in its order.</summary>
    public List<(string Name, OnnxValue Value)> Inputs { get; } = [];

    public static OnnxTranslation Run(OnnxFile file, string path, ImportReport report)
    {
        report.Notes.AddRange(file.Notes);
        var translation = new OnnxTranslation(file, path, report);
        foreach (TensorProto constant in file.Graph.Initializer)
        {
            translation._constants[constant.Name] = translation.Tensors.Read(constant);
        }

        // Before all else, as a layer may read a constant that stands behind it.
        foreach (NodeProto node in translation.Links.Ordered.Where(node => node.Input.All(input => input.Length == 0 || translation._constants.ContainsKey(input))))
        {
            translation.Translate(node);
            translation.Take(node);
        }

        GraphInputs.Read(translation, file.Graph);
        translation._ruleOf = StepLanes.Find(translation);
        foreach (NodeProto node in translation.Links.Ordered)
        {
            translation.Translate(node);
        }

        GraphOutputs.Settle(translation, file.Graph);
        return translation;
    }

    /// <summary>A graph within this one, of which its own constants are known.</summary>
    public OnnxTranslation Within(GraphProto graph)
    {
        var inside = new OnnxTranslation(new OnnxFile(graph, Opset, []), _path, _report);
        foreach (TensorProto constant in graph.Initializer)
        {
            inside._constants[constant.Name] = Tensors.Read(constant);
        }

        return inside;
    }

    public OnnxTensor? Constant(string name) => _constants.GetValueOrDefault(name);

    public OnnxValue Value(string name) => _values[name];

    public OnnxValue? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>How many axes a value has in the file; more than any where it is what attention or recurrences alone read.</summary>
    public int RankOf(string name) => Find(name) is OnnxValue value ? value.Shape.Length + 1 : Loose(name)?.File.Length ?? int.MaxValue;

    /// <summary>Whether the file leaves open how many samples there are.</summary>
    public bool HasOpenSamples { get; set; }

    public bool IsKnown(string name) => _values.ContainsKey(name) || _loose.ContainsKey(name) || _scores.ContainsKey(name) || _states.ContainsKey(name) || _constants.ContainsKey(name);

    public void Give(string name, OnnxValue value)
    {
        if (value.Joined is not null)
        {
            Give(name, LooseValue.Of(value));
            return;
        }

        _values[name] = value;
        _loose.Remove(name);
        Keep(value.Node);
    }

    public void Give(string name, LooseValue value)
    {
        _loose[name] = value;
        _values.Remove(name);
        Keep(value.Node);
    }

    public void Give(string name, AttentionScores scores) => _scores[name] = scores;

    /// <summary>Says that a value is what a recurrence of several directions begins with.</summary>
    public void GiveStates(string name, OnnxValue[] states) => _states[name] = states;

    /// <summary>Those of each direction; null where it is another value.</summary>
    public OnnxValue[]? States(string name) => _states.GetValueOrDefault(name);

    public LooseValue? Loose(string name) => _loose.GetValueOrDefault(name);

    public AttentionScores? Scores(string name) => _scores.GetValueOrDefault(name);

    /// <summary>A value of attention whose layer the dense layer behind it completes.</summary>
    public void Await(NetworkNode node, PendingAttention attention)
    {
        _pending[node] = attention;
        Blocks.Put(node, [attention.Value.Node]);
    }

    public PendingAttention? Pending(NetworkNode node) => _pending.GetValueOrDefault(node);

    /// <summary>Whether the file has a layer's value once only, not under another shape too.</summary>
    public bool IsOnlyNameOf(NetworkNode node) => _namesOf.GetValueOrDefault(node) == 1;

    /// <summary>Says that the file has a layer's value, once more.</summary>
    public void Keep(NetworkNode node) => _namesOf[node] = _namesOf.GetValueOrDefault(node) + 1;

    public void GiveConstant(string name, OnnxTensor value) => _constants[name] = value;

    /// <summary>Says that a node is part of what another one has become.</summary>
    public void Take(NodeProto node) => _done.Add(node);

    /// <summary>Says that a value is refused already, and whatever reads it with it.</summary>
    public void Forgo(string name) => _unknown.Add(name);

    /// <summary>The layers that give a part of what another one gives: from which value on, and how many.</summary>
    public Dictionary<(NetworkNode Whole, int Start, int Length), NetworkNode> Parts { get; } = [];

    /// <summary>For recurrences that go backwards the layers whose second direction gives the same steps in their order.</summary>
    public Dictionary<NetworkNode, NetworkNode> InOrder { get; } = [];

    public void Note(string text) => _report.Notes.Add(text);

    public NetworkNode Add(Type attribute, string? givenName, params OnnxValue[] inputs) =>
        Add(attribute, givenName, [.. inputs.Select(static input => input.Node)]);

    public NetworkNode Add(Type attribute, string? givenName, IReadOnlyList<NetworkNode> inputs) => Add(new AttributeText(attribute), givenName, inputs);

    public NetworkNode Add(AttributeText attribute, string? givenName, IReadOnlyList<NetworkNode> inputs)
    {
        var node = new NetworkNode(attribute, givenName, inputs);
        Blocks.Put(node, inputs);
        _layers.Add(node);
        return node;
    }

    private void Translate(NodeProto node)
    {
        if (_done.Contains(node))
        {
            // The layer that it is part of may be refused.
            _unknown.UnionWith(node.Output.Where(output => !IsKnown(output)));
            return;
        }

        var call = new OnnxCall(node, this);
        Action<OnnxCall>? rule = _ruleOf.GetValueOrDefault(node) ?? OnnxRules.Find(node.OpType);
        if (rule is null)
        {
            Refuse(call.Name, node.OpType, null, "no layer of Unroll is written with this operator", "build the model from layers that Unroll has, or leave this part outside of it");
        }
        else if (node.Input.Any(input => input.Length > 0 && !IsKnown(input)))
        {
            // What it reads is refused already, or comes from nowhere.
            string missing = node.Input.First(input => input.Length > 0 && !IsKnown(input));
            if (!_unknown.Contains(missing))
            {
                throw new InvalidDataException($"{_path}: {call.Name} reads '{missing}', which nothing gives.");
            }
        }
        else if (Translate(call, rule))
        {
            return;
        }

        _unknown.UnionWith(node.Output);
    }

    private bool Translate(OnnxCall call, Action<OnnxCall> rule)
    {
        try
        {
            if (ConstantFolding.Fold(call))
            {
                return true;
            }

            Current = call;
            Blocks.Meet(call);
            rule(call);
            foreach (AttributeProto unread in call.Unread)
            {
                Refuse(call.Name, call.Operator, unread.Name, "there is no such argument", $"export the model without {unread.Name}");
            }

            foreach (string output in call.Node.Output.Skip(1).Where(output => !IsKnown(output) && (Links.IsOutput(output) || Links.Readers(output).Any())))
            {
                Refuse(call.Name, call.Operator, null, $"its further output '{output}' is needed, and a layer has one", "export the model without it");
                _unknown.Add(output);
            }

            return true;
        }
        catch (RefusedNodeException refused)
        {
            Refuse(call.Name, call.Operator, refused.Argument, refused.Message, refused.Instead);
            return false;
        }
    }

    public void Refuse(string name, string kind, string? argument, string why, string instead) =>
        _report.Problems.Add(new ImportProblem(name, kind, argument, why, instead));
}
