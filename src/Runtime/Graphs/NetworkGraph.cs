using System.ComponentModel;
using Unroll.Compiled;
using Unroll.Graphs;

namespace Unroll;

/// <summary>The graph of a network: its layers with the shapes of their outputs, and on request what a training step computes on the way back.</summary>
/// <remarks>
/// Every class with <c>[Network]</c> has it as <c>Graph</c>. Gradients are those of the generated code, after its rewrites: the gradient of a
/// softmax at the end, for instance, is one with the loss's, and nothing computes the gradient by the network's input.
/// </remarks>
/// <example><code>
/// File.WriteAllText("digits.svg", DigitClassifier.Graph.ToSvg());
/// Console.WriteLine(DigitClassifier.Graph.ToMermaid(gradients: true));
/// </code></example>
public sealed class NetworkGraph
{
    // What the one output is called where none is declared.
    private const string OnlyOutput = "output";

    /// <summary>Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkGraph(string name, IReadOnlyList<GraphNode> layers, IReadOnlyList<GraphNode> gradients)
    {
        Name = name;
        Layers = layers;
        Gradients = gradients;
    }

    /// <summary>The network's class, namespace included.</summary>
    public string Name { get; }

    /// <summary>The input, then the layers in the order of execution; a residual connection comes after the layers inside it.</summary>
    public IReadOnlyList<GraphNode> Layers { get; }

    /// <summary>What a training step computes behind the loss, in its order.</summary>
    public IReadOnlyList<GraphNode> Gradients { get; }

    /// <summary>The layers alone.</summary>
    internal static NetworkGraph Of(NetworkDescription network)
    {
        List<GraphNode> nodes = [.. network.Inputs.Select(static input => new GraphNode(input.Name, "Input", input.Shape, []))];
        foreach (LayerDescription layer in network.Layers)
        {
            nodes.Add(new GraphNode(layer.Name, layer.Kind, layer.OutputShape, [.. layer.Inputs.Select(input => nodes.FindLastIndex(node => node.Layer == input))])
            {
                Output = network.Outputs.FirstOrDefault(output => output.Layer == layer.Name && output.Name != OnlyOutput)?.Name,
            });
        }

        return new NetworkGraph(network.Name, nodes, []);
    }

    /// <summary>A line a layer: name, kind and shape.</summary>
    public override string ToString() => string.Join('\n', Layers);

    /// <summary>The graph as a Mermaid flowchart, which Markdown viewers draw.</summary>
    /// <param name="gradients">Whether to draw the way back as well.</param>
    /// <returns>Lines that end in '\n'.</returns>
    public string ToMermaid(bool gradients = false) => MermaidGraph.Write(Layers, gradients ? Gradients : null);

    /// <summary>The graph as a picture: layers from top to bottom, the gradients of a layer to its right.</summary>
    /// <param name="gradients">Whether to draw the way back as well.</param>
    /// <returns>A whole SVG document, without outside references.</returns>
    public string ToSvg(bool gradients = false) => SvgGraph.Write(Name, Layers, gradients ? Gradients : null);
}
