namespace Unroll.Numerics.Tests.Harness;

/// <summary>Draws a <see cref="RandomGraph"/>, the same for the same seed.</summary>
internal sealed class RandomGraphDraw
{
    private const int HeadUnits = 3;
    private const int Sequence = 3;

    // One vector less and more than whole ones, and two of a width that merges find again and again.
    private static readonly int[] s_widths = [RandomGraph.TowerWidth, RandomGraph.TowerWidth, 16, 17, 33];
    private static readonly Activation[] s_activations = [Activation.Linear, Activation.Tanh, Activation.Sigmoid, Activation.Swish];
    private static readonly GraphNodeKind[] s_merges =
        [GraphNodeKind.Add, GraphNodeKind.Subtract, GraphNodeKind.Multiply, GraphNodeKind.Average, GraphNodeKind.Maximum, GraphNodeKind.Minimum];

    private readonly int _seed;
    private readonly Random _random;
    private readonly int _steps;
    private readonly List<RandomGraphNode> _nodes = [];
    private readonly SortedSet<int> _outputs = [];

    private RandomGraphDraw(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _steps = _random.Next(3) == 0 ? Sequence : 0;
    }

    public static RandomGraph Of(int seed)
    {
        var draw = new RandomGraphDraw(seed);
        draw.AddNodes();
        draw.AddHeads();
        return new RandomGraph($"Graph{seed}", draw._steps, draw._nodes, [.. draw._outputs]);
    }

    private void AddNodes()
    {
        string[] inputs = _random.Next(2) == 0 ? ["input"] : ["left", "right"];
        _nodes.AddRange(inputs.Select(name => new RandomGraphNode(name, GraphNodeKind.Input, [], Pick(s_widths))));
        int layers = _random.Next(5, 11);
        while (_nodes.Count < inputs.Length + layers)
        {
            string name = $"v{_nodes.Count}";
            _nodes.Add(_random.Next(12) switch
            {
                < 4 => Dense(name),
                < 6 => Tower(name),
                < 9 => Merge(name),
                < 11 => Product(name),
                _ => Joined(name, Distinct(Enumerable.Range(0, _nodes.Count))),
            });
        }
    }

    // What nobody reads goes to one head, or is dealt out to several; where there are several outputs, a layer among the others is one too.
    private void AddHeads()
    {
        int[] loose = [.. Numbers(node => !_nodes.Any(reader => reader.Inputs.Contains(node)))];
        int heads = _random.Next(1, 4);
        if (heads > 1)
        {
            _outputs.Add(Pick([.. Numbers(node => _nodes[node].Kind != GraphNodeKind.Input)]));
        }

        foreach (int[] read in loose.Select(static (node, i) => (Node: node, Place: i)).GroupBy(pair => pair.Place % heads, static pair => pair.Node).Select(static group => group.ToArray()))
        {
            int number = _nodes.Count;
            if (read.Length > 1)
            {
                _nodes.Add(Joined($"all{number}", read));
            }

            _outputs.Add(_nodes.Count);
            _nodes.Add(new RandomGraphNode($"last{number}", GraphNodeKind.Dense, [read.Length > 1 ? number : read[0]], HeadUnits));
        }
    }

    private RandomGraphNode Dense(string name) => Dense(name, _random.Next(_nodes.Count));

    private RandomGraphNode Dense(string name, int input) => new(name, GraphNodeKind.Dense, [input], Pick(s_widths), Pick(s_activations));

    // The first has parameters of its own, most of the others share them.
    private RandomGraphNode Tower(string name)
    {
        int[] readable = [.. Numbers(node => _nodes[node].Width == RandomGraph.TowerWidth)];
        string? owner = _random.Next(4) == 0 ? null : _nodes.FirstOrDefault(static node => node.Kind == GraphNodeKind.Tower)?.Name;
        return readable.Length == 0
            ? Dense(name)
            : new RandomGraphNode(name, GraphNodeKind.Tower, [Pick(readable)], RandomGraph.TowerWidth, Owner: owner ?? name);
    }

    private RandomGraphNode Merge(string name)
    {
        int[][] alike = Alike(Enumerable.Range(0, _nodes.Count));
        if (alike.Length == 0)
        {
            return Dense(name);
        }

        int[] group = Pick(alike);
        GraphNodeKind kind = s_merges[(_seed + _nodes.Count) % s_merges.Length];
        int[] operands = Distinct(group);
        if ((kind is GraphNodeKind.Maximum or GraphNodeKind.Minimum) && operands.Any(MayEqual))
        {
            kind = GraphNodeKind.Average;
        }

        return new RandomGraphNode(name, kind, kind == GraphNodeKind.Subtract ? operands[..2] : operands, _nodes[group[0]].Width);
    }

    // Of values near 1, or products of products would grow until nothing else counts.
    private RandomGraphNode Product(string name)
    {
        int[] near = [.. Numbers(IsNearOne)];
        int[] weights = _steps == 0 ? [] : [.. Numbers(node => _nodes[node].Width == _steps)];
        if (near.Length > 0 && weights.Length > 0 && _random.Next(4) > 0)
        {
            int mixed = Pick(near);
            return new RandomGraphNode(name, GraphNodeKind.Mix, [Pick(weights), mixed], _nodes[mixed].Width);
        }

        int[][] alike = Alike(near);
        return alike.Length == 0
            ? Dense(name)
            : new RandomGraphNode(name, GraphNodeKind.Dot, Distinct(Pick(alike))[..2], Math.Max(1, _steps));
    }

    private RandomGraphNode Joined(string name, int[] values) => values.Length == 1
        ? Dense(name, values[0])
        : new RandomGraphNode(name, GraphNodeKind.Concatenate, values, values.Sum(i => _nodes[i].Width));

    // An extreme is one of its operands, twins of a shared tower are equal, and so may be what is made of them: at a maximum of equals any
    // gradient is right.
    private bool MayEqual(int node) => _nodes[node].Kind is not (GraphNodeKind.Input or GraphNodeKind.Dense);

    private bool IsNearOne(int node) => _nodes[node] is
    { Kind: GraphNodeKind.Input or GraphNodeKind.Tower } or { Kind: GraphNodeKind.Dense, Activation: Activation.Tanh or Activation.Sigmoid };

    private IEnumerable<int> Numbers(Func<int, bool> which) => Enumerable.Range(0, _nodes.Count).Where(which);

    // Two or more of one width.
    private int[][] Alike(IEnumerable<int> nodes) =>
        [.. nodes.GroupBy(node => _nodes[node].Width).Select(static group => group.ToArray()).Where(static group => group.Length > 1)];

    // Two or three of them, different ones.
    private int[] Distinct(IEnumerable<int> values) => [.. values.OrderBy(_ => _random.Next()).Take(_random.Next(2, 4))];

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
