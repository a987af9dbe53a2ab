using System.Globalization;
using System.Text;

namespace Unroll.Graphs;

/// <summary>A graph in the language of Mermaid flowcharts (mermaid.js.org/syntax/flowchart.html).</summary>
internal static class MermaidGraph
{
    /// <param name="layers">The layers.</param>
    /// <param name="gradients">The way back; null where it is not asked for.</param>
    public static string Write(IReadOnlyList<GraphNode> layers, IReadOnlyList<GraphNode>? gradients)
    {
        var text = new StringBuilder();
        text.Append("flowchart TB\n");
        for (int i = 0; i < layers.Count; i++)
        {
            WriteNode(text, layers[i], i, style: "");
            WriteEdges(text, layers[i], i, "-->");
        }

        if (gradients is not null)
        {
            text.Append("    classDef gradient stroke-dasharray: 4 3\n");
            for (int i = 0; i < gradients.Count; i++)
            {
                WriteNode(text, gradients[i], layers.Count + i, style: ":::gradient");
                WriteEdges(text, gradients[i], layers.Count + i, "-.->");
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
