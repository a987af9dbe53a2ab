namespace Unroll.Numerics.Tests.Harness;

/// <summary>What a node of a <see cref="RandomGraph"/> computes.</summary>
internal enum GraphNodeKind
{
    Input,
    Dense,
    Tower,
    Add,
    Subtract,
    Multiply,
    Average,
    Maximum,
    Minimum,
    Concatenate,
}

/// <summary>One value of a <see cref="RandomGraph"/>.</summary>
/// <param name="Name">Of the layer or input.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Inputs">The numbers of the nodes it reads.</param>
/// <param name="Width">The values of one vector.</param>
/// <param name="Activation">Of a Dense layer.</param>
/// <param name="Owner">The name under which a tower's parameters are: its own, or that of the tower it shares them with.</param>
internal sealed record RandomGraphNode(
    string Name, GraphNodeKind Kind, int[] Inputs, int Width, Activation Activation = Activation.Linear, string Owner = "");

/// <summary>A network of one or two inputs whose values are read once or often, merge in every way, and all reach the output.</summary>
/// <param name="Name">The class.</param>
/// <param name="Steps">The vectors of a sample; 0 where a sample is one vector without an axis for them.</param>
/// <param name="Nodes">In the order of the layers; the last is the output.</param>
internal sealed record RandomGraph(string Name, int Steps, IReadOnlyList<RandomGraphNode> Nodes)
{
    /// <summary>The block of a tower.</summary>
    public const string Declarations = "[Block] [Dense(5, Activation.Tanh)] [Dense(7, Activation.Sigmoid)] public partial class Tower;\n";

    private const int TowerInputs = 7;
    private const int Outputs = 3;

    // One vector less and more than whole ones, and two of a width that merges find again and again.
    private static readonly int[] s_widths = [TowerInputs, TowerInputs, 16, 17, 33];
    private static readonly Activation[] s_activations = [Activation.Linear, Activation.Tanh, Activation.Sigmoid, Activation.Swish];
    private static readonly GraphNodeKind[] s_merges =
        [GraphNodeKind.Add, GraphNodeKind.Subtract, GraphNodeKind.Multiply, GraphNodeKind.Average, GraphNodeKind.Maximum, GraphNodeKind.Minimum];

    public int Vectors => Math.Max(1, Steps);

    public string Source
    {
        get
        {
            string shape(RandomGraphNode input) => Steps == 0 ? $"{input.Width}" : $"{Steps}, {input.Width}";
            RandomGraphNode[] inputs = [.. Nodes.Where(static node => node.Kind == GraphNodeKind.Input)];
            string opening = inputs.Length == 1
                ? $"[Network({shape(inputs[0])})]\n"
                : $"[Network]\n{string.Concat(inputs.Select(input => $"[Input(\"{input.Name}\", {shape(input)})]\n"))}";
            return $"{opening}{string.Concat(Nodes.Where(static node => node.Kind != GraphNodeKind.Input).Select(AttributeOf))}public sealed partial class {Name};\n";
        }
    }

    public static RandomGraph Of(int seed)
    {
        var random = new Random(seed);
        var nodes = new List<RandomGraphNode>();
        string[] inputs = random.Next(2) == 0 ? ["input"] : ["left", "right"];
        nodes.AddRange(inputs.Select(name => new RandomGraphNode(name, GraphNodeKind.Input, [], Pick(random, s_widths))));
        int layers = random.Next(5, 11);
        while (nodes.Count < inputs.Length + layers)
        {
            string name = $"v{nodes.Count}";
            nodes.Add(random.Next(10) switch
            {
                < 4 => Dense(name, random.Next(nodes.Count)),
                < 6 => Tower(name),
                < 9 => Merge(name),
                _ => Joined(name, Distinct(Enumerable.Range(0, nodes.Count))),
            });
        }

        int[] loose = [.. Enumerable.Range(0, nodes.Count).Where(i => !nodes.Any(node => node.Inputs.Contains(i)))];
        if (loose.Length > 1)
        {
            nodes.Add(Joined("all", loose));
        }

        nodes.Add(new RandomGraphNode("last", GraphNodeKind.Dense, [nodes.Count - 1], Outputs));
        return new RandomGraph($"Graph{seed}", random.Next(3) == 0 ? 3 : 0, nodes);

        RandomGraphNode Dense(string name, int input) => new(name, GraphNodeKind.Dense, [input], Pick(random, s_widths), Pick(random, s_activations));

        // The first has parameters of its own, most of the others share them.
        RandomGraphNode Tower(string name)
        {
            int[] readable = [.. Enumerable.Range(0, nodes.Count).Where(i => nodes[i].Width == TowerInputs)];
            string? owner = random.Next(4) == 0 ? null : nodes.FirstOrDefault(static node => node.Kind == GraphNodeKind.Tower)?.Name;
            return readable.Length == 0
                ? Dense(name, random.Next(nodes.Count))
                : new RandomGraphNode(name, GraphNodeKind.Tower, [Pick(random, readable)], TowerInputs, Owner: owner ?? name);
        }

        RandomGraphNode Merge(string name)
        {
            int[][] alike = [.. Enumerable.Range(0, nodes.Count).GroupBy(i => nodes[i].Width).Select(static group => group.ToArray()).Where(static group => group.Length > 1)];
            if (alike.Length == 0)
            {
                return Dense(name, random.Next(nodes.Count));
            }

            int[] group = Pick(random, alike);
            GraphNodeKind kind = s_merges[(seed + nodes.Count) % s_merges.Length];
            int[] operands = Distinct(group);
            if ((kind is GraphNodeKind.Maximum or GraphNodeKind.Minimum) && operands.Any(i => MayEqual(nodes, i)))
            {
                kind = GraphNodeKind.Average;
            }

            return new RandomGraphNode(name, kind, kind == GraphNodeKind.Subtract ? operands[..2] : operands, nodes[group[0]].Width);
        }

        RandomGraphNode Joined(string name, int[] values) => values.Length == 1
            ? Dense(name, values[0])
            : new RandomGraphNode(name, GraphNodeKind.Concatenate, values, values.Sum(i => nodes[i].Width));

        // Two or three of them, different ones.
        int[] Distinct(IEnumerable<int> values) => [.. values.OrderBy(_ => random.Next()).Take(random.Next(2, 4))];
    }

    // Twins of a shared tower are equal, and an extreme is one of its operands: at a maximum of equals any gradient is right.
    private static bool MayEqual(List<RandomGraphNode> nodes, int index) =>
        nodes[index].Kind is GraphNodeKind.Tower or GraphNodeKind.Maximum or GraphNodeKind.Minimum;

    private string AttributeOf(RandomGraphNode node)
    {
        string[] operands = [.. node.Inputs.Select(i => Nodes[i].Name)];
        string attribute = node.Kind switch
        {
            GraphNodeKind.Dense => $"Dense({node.Width}, Activation.{node.Activation}, From = \"{operands[0]}\", Name = \"{node.Name}\")",
            GraphNodeKind.Tower when node.Owner != node.Name => $"Use<Tower>(Shared = \"{node.Owner}\", From = \"{operands[0]}\", Name = \"{node.Name}\")",
            GraphNodeKind.Tower => $"Use<Tower>(From = \"{operands[0]}\", Name = \"{node.Name}\")",
            _ => $"{node.Kind}({string.Join(", ", operands.Select(static name => $"\"{name}\""))}, Name = \"{node.Name}\")",
        };
        return $"[{attribute}]\n";
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
