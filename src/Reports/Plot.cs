using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using Unroll.Reports.Charts;
using Unroll.Serialization;

namespace Unroll;

/// <summary>Charts as SVG files: an activation, a sweep of the learning rate, curves of your own.</summary>
/// <example><code>
/// Plot.Activation(Activation.Gelu, "gelu.svg");
/// Plot.Sweep(model.FindLearningRate(train), "rates.svg");
/// Plot.Curves("gradients.svg", "Gradients by layer", "layer", logarithmic: true, ("sigmoid", sigmoid), ("ReLU", relu));
/// </code></example>
public static class Plot
{
    private const int Points = 401;
    private const double Reach = 6;

    /// <summary>Draws an activation and its derivative from −6 to 6.</summary>
    /// <param name="activation">One that works value by value: no softmax.</param>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The activation looks at several values at once, or <paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Activation(Activation activation, string path)
    {
        Func<double, double> f = ActivationFunctions.Of(activation);
        double[] x = [.. Enumerable.Range(0, Points).Select(static i => Reach * ((2.0 * i / (Points - 1)) - 1))];
        const double Step = 1e-4;
        Save(path, $"{activation}", "x", isLogarithmicX: false, isLogarithmicY: false,
            [("y", x, [.. x.Select(f)]), ("dy/dx", x, [.. x.Select(x => (f(x + Step) - f(x - Step)) / (2 * Step))])]);
    }

    /// <summary>Draws a sweep: losses and smoothed losses over the learning rate, logarithmic.</summary>
    /// <param name="sweep">What <c>FindLearningRate</c> returned.</param>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Sweep(LearningRateSweep sweep, string path)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        double[] rates = [.. sweep.Rates.Select(static rate => (double)rate)];
        Save(path, $"{sweep}", "learning rate", isLogarithmicX: true, isLogarithmicY: false,
            [("loss", rates, [.. sweep.Losses.Select(static loss => (double)loss)]), ("smoothed", rates, [.. sweep.SmoothedLosses.Select(static loss => (double)loss)])]);
    }

    /// <summary>Draws curves over 1, 2, 3 and so on.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="title">What the chart shows.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="logarithmic">Whether values stand on a logarithmic axis, which leaves out those that are not positive.</param>
    /// <param name="curves">Names and values; one that is not finite is a gap.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Curves(string path, string title, string unit, bool logarithmic, params IReadOnlyList<(string Name, IReadOnlyList<float> Values)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        Save(path, title, unit, isLogarithmicX: false, logarithmic,
            [.. curves.Select(static curve => (curve.Name, Enumerable.Range(1, curve.Values.Count).Select(static i => (double)i).ToArray(), curve.Values.Select(static value => (double)value).ToArray()))]);
    }

    private static void Save(
        string path, string title, string unit, bool isLogarithmicX, bool isLogarithmicY, IReadOnlyList<(string Name, double[] X, double[] Y)> curves)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        PlotModel model = Drawing.NewModel();
        model.Title = title;
        model.TitleFontSize = 14;
        model.TitleFontWeight = 400;
        model.Axes.Add(AxisOf(isLogarithmicX, AxisPosition.Bottom, unit));
        model.Axes.Add(AxisOf(isLogarithmicY, AxisPosition.Left, null));
        model.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomLeft, LegendOrientation = LegendOrientation.Horizontal, LegendItemSpacing = 60 });
        for (int i = 0; i < curves.Count; i++)
        {
            (string name, double[] x, double[] y) = curves[i];
            var series = new LineSeries { Title = name, Color = ChartColor.Parse(ChartColor.Series(i)), StrokeThickness = 2, EdgeRenderingMode = EdgeRenderingMode.PreferGeometricAccuracy };
            for (int point = 0; point < x.Length; point++)
            {
                bool isShown = double.IsFinite(y[point]) && (!isLogarithmicY || y[point] > 0);
                series.Points.Add(isShown ? new DataPoint(x[point], y[point]) : DataPoint.Undefined);
            }

            model.Series.Add(series);
        }

        AtomicFile.Write(path, Drawing.ToDocument(model));
    }

    private static Axis AxisOf(bool isLogarithmic, AxisPosition position, string? title)
    {
        Axis axis = isLogarithmic
            ? Drawing.Styled(new LogarithmicAxis { MinorTickSize = 0 }, position, title, grid: true)
            : Drawing.Styled(new LinearAxis { MinimumPadding = 0.03, MaximumPadding = 0.03 }, position, title, grid: true);
        axis.LabelFormatter = Reports.Findings.Numbers.Tick;
        return axis;
    }
}
