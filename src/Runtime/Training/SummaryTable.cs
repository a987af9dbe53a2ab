using System.Globalization;
using System.Text;
using Unroll.Compiled;

namespace Unroll;

/// <summary>The table of <c>keras.Model.summary</c>: layer, output shape, parameters.</summary>
internal static class SummaryTable
{
    public static string Of(NetworkDescription network)
    {
        List<string[]> rows = [["Layer (type)", "Output shape", "Parameters"]];
        rows.AddRange(network.Layers.Select(static layer => new[]
        {
            $"{layer.Name} ({layer.Kind})", $"({string.Join(", ", layer.OutputShape)})", Number(layer.ParameterCount),
        }));
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
        long total = network.Layers.Sum(static layer => layer.ParameterCount);
        long multiplyAdds = network.Layers.Sum(static layer => layer.MultiplyAdds);

        var text = new StringBuilder();
        text.AppendLine($"Model: {network.Name}, input ({string.Join(", ", network.InputShape)})");
        text.AppendLine(Rule('┌', '┬', '┐', widths));
        text.AppendLine(Row(rows[0], widths));
        text.AppendLine(Rule('├', '┼', '┤', widths));
        foreach (string[] row in rows.Skip(1))
        {
            text.AppendLine(Row(row, widths));
        }

        text.AppendLine(Rule('└', '┴', '┘', widths));
        text.AppendLine($"Parameters: {Number(total)} ({Size(total * sizeof(float))})");
        text.Append($"Multiply-adds: {Number(multiplyAdds)} a sample");
        return text.ToString();
    }

    private static string Row(string[] cells, int[] widths) =>
        $"│ {cells[0].PadRight(widths[0])} │ {cells[1].PadRight(widths[1])} │ {cells[2].PadLeft(widths[2])} │";

    private static string Rule(char left, char middle, char right, int[] widths) =>
        left + string.Join(middle, widths.Select(static width => new string('─', width + 2))) + right;

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.0} MiB"),
    };
}
