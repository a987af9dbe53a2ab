using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Unroll.Runtime.Tests.Graphs;

/// <summary>A graph as text and as a picture.</summary>
public class NetworkGraphTests
{
    private static readonly NetworkGraph s_graph = new(
        "Shop.Net",
        [
            new("input", "Input", [4], []),
            new("body1/dense1", "Dense", [8], [0]),
            new("body1/dense2", "Dense", [4], [1]),
            new("body1", "Residual", [4], [2, 0]),
            new("dense1", "Dense", [3], [3]),
        ],
        [
            new("loss", "Gradient", [3], [4]),
            new("dense1", "KernelGradient", [4, 3], [3, 5]),
            new("dense1", "InputGradient", [4], [5, 4]),
        ]);

    [Fact]
    public void MermaidShowsLayersWithTheirShapes() => Assert.Equal(
        """
        flowchart TB
            n0["input<br/>Input<br/>4"]
            n1["body1/dense1<br/>Dense<br/>8"]
            n0 --> n1
            n2["body1/dense2<br/>Dense<br/>4"]
            n1 --> n2
            n3["body1<br/>Residual<br/>4"]
            n2 --> n3
            n0 --> n3
            n4["dense1<br/>Dense<br/>3"]
            n3 --> n4

        """.ReplaceLineEndings("\n"),
        s_graph.ToMermaid());

    [Fact]
    public void OutputsStandAtTheirLayers()
    {
        var graph = new NetworkGraph(
            "Shop.Net", [new("input", "Input", [4], []), new("dense1", "Dense", [3], [0]) { Output = "digit" }, new("dense2", "Dense", [2], [0]) { Output = "even" }], []);

        Assert.Contains("n1[\"dense1<br/>Dense<br/>3, output digit\"]", graph.ToMermaid(), StringComparison.Ordinal);
        Assert.Contains(">2, output even</text>", graph.ToSvg(), StringComparison.Ordinal);
        Assert.EndsWith("dense2 (Dense) 2, output even", graph.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MermaidShowsGradientsOnRequest() => Assert.Equal(
        s_graph.ToMermaid() + """
            classDef gradient stroke-dasharray: 4 3
            n5["loss<br/>Gradient<br/>3"]:::gradient
            n4 -.-> n5
            n6["dense1<br/>KernelGradient<br/>4 × 3"]:::gradient
            n3 -.-> n6
            n5 -.-> n6
            n7["dense1<br/>InputGradient<br/>4"]:::gradient
            n5 -.-> n7
            n4 -.-> n7

        """.ReplaceLineEndings("\n"),
        s_graph.ToMermaid(gradients: true));

    [Theory]
    [InlineData(false, 5, 5)]
    [InlineData(true, 8, 10)]
    public void SvgDrawsEveryValueAndEveryUse(bool gradients, int values, int uses)
    {
        XElement svg = XDocument.Parse(s_graph.ToSvg(gradients)).Root!;
        XElement[] boxes = [.. Elements(svg, "rect").Where(static rect => rect.Attribute("rx") is not null)];

        Assert.Equal(values, boxes.Length);
        Assert.Equal(2 * values, Elements(svg, "text").Count());
        Assert.Equal(uses, Elements(svg, "path").Count(static path => path.Attribute("marker-end") is not null));
        Assert.Contains("body1/dense1 · Dense", Elements(svg, "text").Select(static text => text.Value));
        Assert.Equal(gradients, Elements(svg, "text").Any(static text => text.Value == "4 × 3"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BoxesLieInsideThePictureAndApart(bool gradients)
    {
        XElement svg = XDocument.Parse(s_graph.ToSvg(gradients)).Root!;
        (double Left, double Top, double Right, double Bottom)[] boxes =
        [
            .. Elements(svg, "rect").Where(static rect => rect.Attribute("rx") is not null).Select(static rect =>
                (Number(rect, "x"), Number(rect, "y"), Number(rect, "x") + Number(rect, "width"), Number(rect, "y") + Number(rect, "height"))),
        ];

        Assert.All(boxes, box => Assert.True(
            box.Left >= 0 && box.Top >= 0 && box.Right <= Number(svg, "width") && box.Bottom <= Number(svg, "height"), box.ToString()));
        for (int i = 0; i < boxes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(
                    boxes[i].Left >= boxes[j].Right || boxes[j].Left >= boxes[i].Right || boxes[i].Top >= boxes[j].Bottom || boxes[j].Top >= boxes[i].Bottom,
                    $"{boxes[i]} and {boxes[j]}");
            }
        }
    }

    /// <summary>A repeated residual block, around all of which goes another connection: each line can be followed from its layer to its layer.</summary>
    [Fact]
    public void ConnectionsThatPassLayersByShareNoPoint()
    {
        NetworkGraph graph = new(
            "Shop.Net",
            [
                new("input", "Input", [4], []),
                new("body1/dense1", "Dense", [4], [0]),
                new("body1", "Residual", [4], [1, 0]),
                new("body2/dense1", "Dense", [4], [2]),
                new("body2", "Residual", [4], [3, 2]),
                new("body3/dense1", "Dense", [4], [4]),
                new("body3", "Residual", [4], [5, 4]),
                new("outer1", "Residual", [4], [6, 0]),
            ],
            []);

        XElement svg = XDocument.Parse(graph.ToSvg()).Root!;
        (double Lane, double From, double To)[] verticals =
        [
            .. Elements(svg, "path").Select(static path => Regex.Match(path.Attribute("d")!.Value, @"^M\d+ (\d+)H(\d+)V(\d+)H\d+$"))
                .Where(static match => match.Success)
                .Select(static match => (Value(match, 2), Value(match, 1), Value(match, 3))),
        ];

        Assert.Equal(4, verticals.Length);
        Assert.All(verticals, static line => Assert.InRange(line.Lane, 1, double.MaxValue));
        for (int i = 0; i < verticals.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(
                    verticals[i].Lane != verticals[j].Lane || verticals[i].From > verticals[j].To || verticals[j].From > verticals[i].To,
                    $"{verticals[i]} and {verticals[j]}");
            }
        }

        static double Value(Match match, int group) => double.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void TheTextIsTheSameUnderEveryCulture()
    {
        string svg = s_graph.ToSvg(gradients: true);
        using (new ForeignCulture())
        {
            Assert.Equal(svg, s_graph.ToSvg(gradients: true));
        }
    }

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Descendants(svg.Name.Namespace + name);

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
