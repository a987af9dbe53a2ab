using System.Globalization;
using System.Text;

namespace Unroll.Graphs;

/// <summary>A graph in the language of Mermaid flowcharts (mermaid.js.org/syntax/flowchart.html).</summary>
internal static class MermaidGraph
{
    public static string Write(NetworkGraph graph, bool gradients)
    {
        var text = new StringBuilder();
        text.Append("flowchart TB\n");
        for (int i = 0; i < graph.Layers.Count; i++)
        {
            WriteNode(text, graph.Layers[i], i, style: "");
            WriteEdges(text, graph.Layers[i], i, "-->");
        }

        if (gradients)
        {
            text.Append("    classDef gradient stroke-dasharray: 4 3\n");
            for (int i = 0; i < graph.Gradients.Count; i++)
            {
                WriteNode(text, graph.Gradients[i], graph.Layers.Count + i, style: ":::gradient");
                WriteEdges(text, graph.Gradients[i], graph.Layers.Count + i, "-.->");
            }
        }

        return text.ToString();
    }

    // Names are letters, digits, underscores and slashes, so that a quoted label needs no escapes.
    private static void WriteNode(StringBuilder text, GraphNode node, int id, string style) => text.Append(
        CultureInfo.InvariantCulture, $"    n{id}[\"{node.Layer}<br/>{node.Kind}<br/>{node.Detail}\"]{style}\n");

    private static void WriteEdges(StringBuilder text, GraphNode node, int id, string arrow)
    {
        foreach (int input in node.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"    n{input} {arrow} n{id}\n");
        }
    }
}
