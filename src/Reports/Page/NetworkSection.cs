using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>The network: its table and its graph.</summary>
internal static class NetworkSection
{
    public static void Write(Html html, TrainingRecord record)
    {
        if (record.Summary is { } summary)
        {
            html.Raw($"<pre tabindex=\"0\" role=\"region\" aria-label=\"Summary\">{Html.Encode(summary)}</pre>");
        }

        if (record.Graph is { } graph)
        {
            // As an image: its style sheet stays its own.
            string svg = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(graph.ToSvg()));
            html.Raw($"<img class=\"graph\" alt=\"{Html.Encode(string.Join("; ", graph.Layers))}\" src=\"data:image/svg+xml;base64,{svg}\">");
        }
    }
}
