using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Unroll.Reports.Charts;

/// <summary>Curves over epochs, or over anything else that is counted.</summary>
internal sealed class LineChart
{
    private const int FewPoints = 3;
    private const double WideRange = 50;

    private readonly PlotModel _model = Drawing.NewModel();

    /// <param name="title">What the curves are.</param>
    /// <param name="curves">The curves; those without a number are left out.</param>
    public LineChart(string title, IEnumerable<Curve> curves)
    {
        Title = title;
        Curves = [.. curves.Where(static curve => curve.Values.Any(float.IsFinite))];
    }

    public string Title { get; }

    public IReadOnlyList<Curve> Curves { get; }

    /// <summary>The number of the first value.</summary>
    public int First { get; init; } = 1;

    /// <summary>What is counted along the horizontal axis.</summary>
    public string Unit { get; init; } = "epoch";

    /// <summary>The number to mark by a vertical line; null for none.</summary>
    public int? Mark { get; init; }

    public string? MarkText { get; init; }

    /// <summary>Whether values may stand on a logarithmic axis; they do where they are positive and differ by much.</summary>
    public bool MayBeLogarithmic { get; init; }

    public bool IsLogarithmic { get; private set; }

    /// <summary>Whether the values lie between 0 and 1.</summary>
    public bool AreShares { get; init; }

    /// <summary>Where the plot lies in the drawing, and what its edges stand for.</summary>
    public (OxyRect Area, double Left, double Right, double Bottom, double Top) Frame { get; private set; }

    public int Length => Curves.Count == 0 ? 0 : Curves.Max(static curve => curve.Values.Count);

    public string Draw(string id)
    {
        float[] numbers = [.. Curves.SelectMany(static curve => curve.Values).Where(float.IsFinite)];
        IsLogarithmic = MayBeLogarithmic && numbers.Length > 0 && numbers.Min() > 0 && numbers.Max() > WideRange * numbers.Min();
        LinearAxis x = Drawing.Styled(new LinearAxis { MinimumMajorStep = 1, MaximumPadding = 0.01, MinimumPadding = 0.01 }, AxisPosition.Bottom, Unit);
        if (Length == 1)
        {
            (x.Minimum, x.Maximum) = (First - 1, First + 1);
        }

        Axis y = IsLogarithmic
            ? Drawing.Styled(new LogarithmicAxis { MinorTickSize = 0, MinimumPadding = 0.05, MaximumPadding = 0.05 }, AxisPosition.Left, grid: true)
            : Drawing.Styled(new LinearAxis { MinimumPadding = 0.05, MaximumPadding = 0.05 }, AxisPosition.Left, grid: true);
        if (AreShares)
        {
            (y.Minimum, y.Maximum) = (0, numbers.Max() > 0f ? double.NaN : 1);
        }

        y.LabelFormatter = Findings.Numbers.Tick;
        _model.Axes.Add(x);
        _model.Axes.Add(y);
        foreach (Curve curve in Curves)
        {
            _model.Series.Add(SeriesOf(curve));
        }

        if (Mark is int mark)
        {
            _model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = mark,
                Color = ChartColor.Named("mark"),
                LineStyle = LineStyle.Dash,
            });
        }

        string svg = Drawing.ToSvg(_model, id);
        Frame = (_model.PlotArea, x.ActualMinimum, x.ActualMaximum, y.ActualMinimum, y.ActualMaximum);
        return svg;
    }

    private LineSeries SeriesOf(Curve curve)
    {
        var series = new LineSeries
        {
            Color = ChartColor.Parse(curve.Color),
            StrokeThickness = Curves.Count > ChartColor.SeriesColors ? 1 : 2,
            LineJoin = LineJoin.Round,
            EdgeRenderingMode = EdgeRenderingMode.PreferGeometricAccuracy,
        };
        if (curve.Values.Count(float.IsFinite) <= FewPoints)
        {
            series.MarkerType = MarkerType.Circle;
            series.MarkerSize = 3;
            series.MarkerFill = series.Color;
        }

        for (int i = 0; i < curve.Values.Count; i++)
        {
            float value = curve.Values[i];
            series.Points.Add(float.IsFinite(value) ? new DataPoint(First + i, value) : DataPoint.Undefined);
        }

        return series;
    }
}
