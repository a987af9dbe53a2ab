using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Nodes behind one value that compute each of its numbers by itself: an activation, however it is spelled.</summary>
internal sealed class ScalarRegion
{
    // A spelling of GELU by a cubic has nine nodes.
    private const int MostNodes = 16;

    private readonly OnnxTranslation _translation;
    private readonly string _input;
    private readonly List<NodeProto> _nodes = [];

    private ScalarRegion(OnnxTranslation translation, string input)
    {
        _translation = translation;
        _input = input;
    }

    /// <summary>The largest part of the region whose result is one of some functions; null where none is.</summary>
    /// <param name="translation">The graph.</param>
    /// <param name="input">The value.</param>
    /// <param name="first">A node that reads it and must be part of it.</param>
    /// <param name="recognize">From the function to what it is; null where it is unknown.</param>
    /// <returns>What it is, the nodes, the last of them giving the result.</returns>
    public static (T What, IReadOnlyList<NodeProto> Nodes)? Find<T>(OnnxTranslation translation, string input, NodeProto first, Func<Func<double, double>, T?> recognize)
        where T : class
    {
        var region = new ScalarRegion(translation, input);
        region.Grow(first);
        for (int last = region._nodes.Count - 1; last >= 0; last--)
        {
            if (region.Needed(region._nodes[last]) is { } needed
                && needed.Contains(first)
                && recognize(x => region.Evaluate(needed, x)) is T what)
            {
                return (what, needed);
            }
        }

        return null;
    }

    private void Grow(NodeProto first)
    {
        var inside = new HashSet<string>(StringComparer.Ordinal) { _input };
        foreach (NodeProto node in Behind(first).Take(MostNodes))
        {
            if (node.Input.All(input => input.Length == 0 || inside.Contains(input) || IsNumber(input)))
            {
                _nodes.Add(node);
                inside.Add(node.Output[0]);
            }
        }
    }

    /// <summary>The operators on single numbers that the value goes through, from a node on and in the order of the graph.</summary>
    private IEnumerable<NodeProto> Behind(NodeProto first)
    {
        var found = new HashSet<NodeProto>((IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        var waiting = new Queue<string>([_input]);
        while (waiting.TryDequeue(out string? value) && found.Count < MostNodes)
        {
            foreach (NodeProto reader in _translation.Links.Readers(value).Where(reader =>
                ScalarFunction.Has(reader.OpType) && OnnxFile.IsStandard(reader.Domain) && reader.Output.Count == 1
                && _translation.Links.Place(reader) >= _translation.Links.Place(first)).Take(MostNodes))
            {
                if (found.Add(reader))
                {
                    waiting.Enqueue(reader.Output[0]);
                }
            }
        }

        return found.OrderBy(_translation.Links.Place);
    }

    /// <summary>The nodes without which a result cannot be; null where one of them is needed elsewhere too.</summary>
    private List<NodeProto>? Needed(NodeProto last)
    {
        var names = new HashSet<string>(last.Input, StringComparer.Ordinal);
        var needed = new List<NodeProto> { last };
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(_nodes[i], last) && names.Contains(_nodes[i].Output[0]))
            {
                needed.Insert(0, _nodes[i]);
                names.UnionWith(_nodes[i].Input);
            }
        }

        bool isClosed = needed.Take(needed.Count - 1).All(node => !_translation.Links.IsOutput(node.Output[0])
            && _translation.Links.Readers(node.Output[0]).All(reader => needed.Exists(other => ReferenceEquals(other, reader))));
        return isClosed ? needed : null;
    }

    private double Evaluate(IReadOnlyList<NodeProto> nodes, double x)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal) { [_input] = x };
        double result = x;
        foreach (NodeProto node in nodes)
        {
            double[] inputs = [.. node.Input.Where(static input => input.Length > 0).Select(input =>
                values.TryGetValue(input, out double value) ? value : _translation.Constant(input)!.AsFloats()[0])];
            values[node.Output[0]] = result = ScalarFunction.Apply(new OnnxCall(node, _translation), inputs);
        }

        return result;
    }

    private bool IsNumber(string input) => _translation.Constant(input) is { Count: 1 } number && number.Rank <= _translation.RankOf(_input);
}
