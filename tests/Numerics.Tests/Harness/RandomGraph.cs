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

    /// <summary>The products of the vectors of one value with those of another.</summary>
    Dot,

    /// <summary>The vectors of one value summed with the weights that another has for them.</summary>
    Mix,
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

/// <summary>A network of one or two inputs whose values are read once or often, merge in every way, and all reach an output.</summary>
/// <param name="Name">The class.</param>
/// <param name="Steps">The vectors of a sample; 0 where a sample is one vector without an axis for them.</param>
/// <param name="Nodes">In the order of the layers.</param>
/// <param name="Outputs">The numbers of the nodes that are outputs, in order; others may read them too.</param>
internal sealed record RandomGraph(string Name, int Steps, IReadOnlyList<RandomGraphNode> Nodes, IReadOnlyList<int> Outputs)
{
    /// <summary>The block of a tower.</summary>
    public const string Declarations = "[Block] [Dense(5, Activation.Tanh)] [Dense(7, Activation.Sigmoid)] public partial class Tower;\n";

    /// <summary>The values of a vector that a tower reads, and those it gives.</summary>
    public const int TowerWidth = 7;

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
            return $"{opening}{string.Concat(Enumerable.Range(inputs.Length, Nodes.Count - inputs.Length).Select(AttributesOf))}public sealed partial class {Name};\n";
        }
    }

    private string AttributesOf(int index)
    {
        RandomGraphNode node = Nodes[index];
        string[] operands = [.. node.Inputs.Select(i => Nodes[i].Name)];
        string names = string.Join(", ", operands.Select(static name => $"\"{name}\""));
        string attribute = node.Kind switch
        {
            GraphNodeKind.Dense => $"Dense({node.Width}, Activation.{node.Activation}, From = \"{operands[0]}\", Name = \"{node.Name}\")",
            GraphNodeKind.Tower when node.Owner != node.Name => $"Use<Tower>(Shared = \"{node.Owner}\", From = \"{operands[0]}\", Name = \"{node.Name}\")",
            GraphNodeKind.Tower => $"Use<Tower>(From = \"{operands[0]}\", Name = \"{node.Name}\")",
            GraphNodeKind.Mix => $"Dot({names}, Axes = [2, 1], Name = \"{node.Name}\")",
            _ => $"{node.Kind}({names}, Name = \"{node.Name}\")",
        };

        // One output needs no name.
        return Outputs.Count > 1 && Outputs.Contains(index) ? $"[{attribute}] [Output(\"out_{node.Name}\")]\n" : $"[{attribute}]\n";
    }
}
