using System.Globalization;
using System.Text;

namespace Unroll.Graphs;

/// <summary>A graph as SVG: a row a layer, the layer at the left, its gradients beside it.</summary>
internal static class SvgGraph
{
    private const int FontSize = 13;
    private const int CharacterWidth = 8;
    private const int BoxPadding = 12;
    private const int BoxHeight = 46;
    private const int RowPitch = 82;
    private const int ColumnGap = 48;
    private const int Margin = 24;
    private const int LanePitch = 10;
    private const int FirstLane = 14;

    // One connection ends above the middle of a box and the next begins below it, so that they do not read as one.
    private const int SkipShift = 10;

    private const string Style =
        "text{font:13px monospace;text-anchor:middle;fill:#1b1f24}.s{fill:#57606a}rect{fill:#ddf4ff;stroke:#0969da}"
        + ".g rect{fill:#fff8c5;stroke:#9a6700}path{fill:none;stroke:#57606a;stroke-width:1.3}.g path{stroke:#9a6700;stroke-dasharray:4 3}";

    /// <param name="name">The network's.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="gradients">The way back; null where it is not asked for.</param>
    public static string Write(string name, IReadOnlyList<GraphNode> layers, IReadOnlyList<GraphNode>? gradients)
    {
        List<GraphNode> nodes = [.. layers, .. gradients ?? []];
        var lanes = new SkipLanes(layers);
        List<Box> boxes = Place(nodes, layers.Count, lanes);
        int width = boxes.Max(static box => box.Right) + Margin;
        int height = boxes.Max(static box => box.Bottom) + Margin;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{name}</title>\n<style>{Style}</style>\n");
        text.Append("<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">");
        text.Append("<path d=\"M0 0L8 4L0 8z\" style=\"fill:#57606a;stroke:none\"/></marker></defs>\n<rect width=\"100%\" height=\"100%\" style=\"fill:#fff;stroke:none\"/>\n");
        WriteNodes(text, nodes, boxes, lanes, 0, layers.Count);
        if (gradients is not null)
        {
            text.Append("<g class=\"g\">\n");
            WriteNodes(text, nodes, boxes, lanes, layers.Count, nodes.Count);
            text.Append("</g>\n");
        }

        return text.Append("</svg>\n").ToString();
    }

    // Edges first, so that no line crosses a label.
    private static void WriteNodes(StringBuilder text, List<GraphNode> nodes, List<Box> boxes, SkipLanes lanes, int first, int end)
    {
        int column = boxes.Min(static box => box.Left);
        for (int i = first; i < end; i++)
        {
            foreach (int input in nodes[i].Inputs)
            {
                string path = lanes.Of(input, i) is int lane
                    ? Skip(boxes[input], boxes[i], column - FirstLane - (LanePitch * lane))
                    : Edge(boxes[input], boxes[i]);
                text.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" marker-end=\"url(#a)\"/>\n");
            }
        }

        for (int i = first; i < end; i++)
        {
            (GraphNode node, Box box) = (nodes[i], boxes[i]);
            text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{box.Left}\" y=\"{box.Top}\" width=\"{box.Width}\" height=\"{BoxHeight}\" rx=\"6\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.Center}\" y=\"{box.Top + FontSize + 6}\">{Title(node)}</text>");
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"s\" x=\"{box.Center}\" y=\"{box.Bottom - 10}\">{node.Detail}</text>\n");
        }
    }

    private static List<Box> Place(List<GraphNode> nodes, int layers, SkipLanes lanes)
    {
        int[] widths = [.. nodes.Select(WidthOf)];
        int column = widths.Take(layers).Max();
        int left = Margin + (lanes.Count == 0 ? 0 : FirstLane + (LanePitch * lanes.Count));
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var boxes = new List<Box>();
        for (int i = 0; i < layers; i++)
        {
            rows.TryAdd(nodes[i].Layer, i);
            boxes.Add(new Box(left + ((column - widths[i]) / 2), Margin + (i * RowPitch), widths[i]));
        }

        // The loss stands below all layers; a layer's gradients follow each other from its right.
        int[] free = [.. Enumerable.Repeat(left + column + ColumnGap, layers + 1)];
        for (int i = layers; i < nodes.Count; i++)
        {
            int row = rows.GetValueOrDefault(nodes[i].Layer, layers);
            boxes.Add(new Box(free[row], Margin + (row * RowPitch), widths[i]));
            free[row] += widths[i] + ColumnGap;
        }

        return boxes;
    }

    private static string Skip(Box from, Box to, int lane) =>
        Invariant($"M{from.Left} {from.Middle + SkipShift}H{lane}V{to.Middle - SkipShift}H{to.Left}");

    private static string Edge(Box from, Box to)
    {
        int rows = (to.Top - from.Top) / RowPitch;
        return (rows, from.Left < to.Left) switch
        {
            (1, _) when from.Center == to.Center => Invariant($"M{from.Center} {from.Bottom}V{to.Top}"),
            (0, true) when from.Right + ColumnGap >= to.Left => Invariant($"M{from.Right} {from.Middle}H{to.Left}"),
            (0, _) => Invariant($"M{from.Center} {from.Top}C{from.Center} {from.Top - 24} {to.Center} {to.Top - 24} {to.Center} {to.Top}"),
            ( > 0, _) => Invariant($"M{from.Center} {from.Bottom}C{from.Center} {from.Bottom + 30} {to.Center} {to.Top - 30} {to.Center} {to.Top}"),
            _ => Invariant($"M{from.Center} {from.Top}C{from.Center} {from.Top - 30} {to.Center} {to.Bottom + 30} {to.Center} {to.Bottom}"),
        };
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static int WidthOf(GraphNode node) =>
        (Math.Max(Title(node).Length, node.Detail.Length) * CharacterWidth) + (2 * BoxPadding);

    private static string Title(GraphNode node) => $"{node.Layer} · {node.Kind}";

    private readonly record struct Box(int Left, int Top, int Width)
    {
        public int Right => Left + Width;

        public int Bottom => Top + BoxHeight;

        public int Center => Left + (Width / 2);

        public int Middle => Top + (BoxHeight / 2);
    }
}
