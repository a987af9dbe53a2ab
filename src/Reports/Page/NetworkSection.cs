using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>The network: its table and its graph.</summary>
internal static class NetworkSection
{
    // The drawing is one for white paper; inside the page it follows the choice of light or dark.
    private const string Dark =
        "@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.s{fill:#9198a1}rect{fill:#121d2f;stroke:#58a6ff}path{stroke:#9198a1}"
        + "rect[width=\"100%\"]{fill:#161b22!important}marker path{fill:#9198a1!important}}";

    public static void Write(Html html, TrainingRecord record)
    {
        if (record.Summary is { } summary)
        {
            html.Raw($"<pre tabindex=\"0\" role=\"region\" aria-label=\"Summary\">{Html.Encode(summary)}</pre>");
        }

        if (record.Graph is { } graph)
        {
            // As an image: its style sheet stays its own.
            string svg = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(graph.ToSvg().Replace("</style>", Dark + "</style>", StringComparison.Ordinal)));
            html.Raw($"<img class=\"graph\" alt=\"{Html.Encode(string.Join("; ", graph.Layers))}\" src=\"data:image/svg+xml;base64,{svg}\">");
        }
    }
}
