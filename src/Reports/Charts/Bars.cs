using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Unroll.Reports.Charts;

/// <summary>Charts that are no curves: counts, boxes, points.</summary>
internal static class Bars
{
    private const int MostLabels = 16;
    private const int LongestLabel = 20;

    // More boxes than these want the width of the page.
    private const int FewBoxes = 10;
    private const int WidePage = 1150;

    /// <summary>Counts as upright bars, a label each.</summary>
    public static string Counts(string id, IReadOnlyList<string> labels, IReadOnlyList<int> counts, string unit)
    {
        PlotModel model = Drawing.NewModel();
        model.Axes.Add(Labels(labels, unit));
        model.Axes.Add(Drawing.Styled(new LinearAxis { Minimum = 0, MinimumMajorStep = 1, LabelFormatter = Findings.Numbers.Tick }, AxisPosition.Left, grid: true));
        var bars = new RectangleBarSeries { FillColor = ChartColor.Named("c1"), StrokeThickness = 0 };
        for (int i = 0; i < counts.Count; i++)
        {
            bars.Items.Add(new RectangleBarItem(i - 0.4, 0, i + 0.4, counts[i]));
        }

        model.Series.Add(bars);
        return Drawing.ToSvg(model, id);
    }

    /// <summary>How numbers are distributed, in bars of equal width.</summary>
    public static string Histogram(string id, ReadOnlySpan<float> values, string unit)
    {
        const int Bins = 24;
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in values)
        {
            (low, high) = (MathF.Min(low, value), MathF.Max(high, value));
        }

        float width = high > low ? (high - low) / Bins : 1f;
        int[] counts = new int[Bins];
        foreach (float value in values)
        {
            counts[Math.Clamp((int)((value - low) / width), 0, Bins - 1)]++;
        }

        PlotModel model = Drawing.NewModel();
        model.Axes.Add(Drawing.Styled(new LinearAxis { LabelFormatter = Findings.Numbers.Tick }, AxisPosition.Bottom, unit));
        model.Axes.Add(Drawing.Styled(new LinearAxis { Minimum = 0, MinimumMajorStep = 1, LabelFormatter = Findings.Numbers.Tick }, AxisPosition.Left, grid: true));
        var bars = new RectangleBarSeries { FillColor = ChartColor.Named("c1"), StrokeColor = ChartColor.Named("grid"), StrokeThickness = 1 };
        for (int i = 0; i < Bins; i++)
        {
            bars.Items.Add(new RectangleBarItem(low + (i * width), 0, low + ((i + 1) * width), counts[i]));
        }

        model.Series.Add(bars);
        return Drawing.ToSvg(model, id);
    }

    /// <summary>A box a layer: its middle half, its median, and lines to 5 and 95 %.</summary>
    public static string Boxes(string id, IReadOnlyList<LayerStatistic> layers)
    {
        PlotModel model = Drawing.NewModel();
        model.Axes.Add(Labels([.. layers.Select(static layer => Ending(layer.Layer))], null));
        model.Axes.Add(Drawing.Styled(new LinearAxis { LabelFormatter = Findings.Numbers.Tick }, AxisPosition.Left, grid: true));
        var boxes = new BoxPlotSeries
        {
            Fill = ChartColor.Named("c1"),
            Stroke = ChartColor.Named("ink"),
            StrokeThickness = 1,
            BoxWidth = 0.6,
            WhiskerWidth = 0.3,
            MedianThickness = 2,
        };
        for (int i = 0; i < layers.Count; i++)
        {
            IReadOnlyList<float> q = layers[i].Quantiles;
            boxes.Items.Add(new BoxPlotItem(i, q[0], q[1], q[2], q[3], q[4]));
        }

        model.Series.Add(boxes);
        return AreWide(layers) ? Drawing.ToSvg(model, id, Drawing.Height + 80, WidePage) : Drawing.ToSvg(model, id, Drawing.Height + 40);
    }

    /// <summary>Whether the boxes of so many layers want the width of the page.</summary>
    public static bool AreWide(IReadOnlyList<LayerStatistic> layers) => layers.Count > FewBoxes;

    /// <summary>What was said against what is true; a line where they are the same.</summary>
    public static string Scatter(string id, ReadOnlySpan<float> truth, ReadOnlySpan<float> said, int most)
    {
        PlotModel model = Drawing.NewModel();
        model.Axes.Add(Drawing.Styled(new LinearAxis { LabelFormatter = Findings.Numbers.Tick }, AxisPosition.Bottom, "target"));
        model.Axes.Add(Drawing.Styled(new LinearAxis { LabelFormatter = Findings.Numbers.Tick }, AxisPosition.Left, "prediction", grid: true));
        var points = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2, MarkerFill = ChartColor.Named("c1") };
        int step = Math.Max(1, truth.Length / most);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < truth.Length; i += step)
        {
            points.Points.Add(new ScatterPoint(truth[i], said[i]));
            (low, high) = (Math.Min(low, truth[i]), Math.Max(high, truth[i]));
        }

        var same = new LineSeries { Color = ChartColor.Named("mark"), LineStyle = LineStyle.Dash, StrokeThickness = 1 };
        same.Points.Add(new DataPoint(low, low));
        same.Points.Add(new DataPoint(high, high));
        model.Series.Add(points);
        model.Series.Add(same);
        return Drawing.ToSvg(model, id, Drawing.Height + 100);
    }

    // The end of a name tells layers of nested blocks apart.
    private static string Ending(string name) => name.Length <= LongestLabel ? name : "…" + name[^(LongestLabel - 1)..];

    private static LinearAxis Labels(IReadOnlyList<string> labels, string? unit)
    {
        int step = Math.Max(1, (labels.Count + MostLabels - 1) / MostLabels);
        LinearAxis axis = Drawing.Styled(new LinearAxis { Minimum = -0.7, Maximum = labels.Count - 0.3, MajorStep = step }, AxisPosition.Bottom, unit);
        axis.Angle = labels.Take(MostLabels).Sum(static label => label.Length + 2) > 70 ? -35 : 0;
        axis.LabelFormatter = position => (int)position == position && position >= 0 && position < labels.Count ? labels[(int)position] : "";
        return axis;
    }
}
