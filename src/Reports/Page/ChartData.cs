using System.Globalization;
using System.Text;
using System.Text.Json;
using Unroll.Reports.Charts;

namespace Unroll.Reports.Page;

/// <summary>The numbers of a chart for the page's script.</summary>
internal static class ChartData
{
    public static string Of(LineChart chart)
    {
        (OxyPlot.OxyRect area, double left, double right, double bottom, double top) = chart.Frame;
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $"{{\"unit\":{Quoted(chart.Unit)},\"first\":{chart.First},\"log\":{(chart.IsLogarithmic ? "true" : "false")},");
        json.Append(CultureInfo.InvariantCulture, $"\"area\":[{area.Left:0.##},{area.Top:0.##},{area.Right:0.##},{area.Bottom:0.##}],\"range\":[{left:g6},{right:g6},{bottom:g6},{top:g6}],\"curves\":[");
        for (int i = 0; i < chart.Curves.Count; i++)
        {
            Curve curve = chart.Curves[i];
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"name\":{Quoted(curve.Name)},\"color\":{Quoted(curve.Color)},\"values\":[");
            for (int epoch = 0; epoch < curve.Values.Count; epoch++)
            {
                json.Append(epoch == 0 ? "" : ",");
                if (float.IsFinite(curve.Values[epoch]))
                {
                    json.Append(CultureInfo.InvariantCulture, $"{curve.Values[epoch]:g4}");
                }
                else
                {
                    json.Append("null");
                }
            }

            json.Append("]}");
        }

        return json.Append("]}").ToString();
    }

    // The default encoder of System.Text.Json escapes what could end the script element.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
