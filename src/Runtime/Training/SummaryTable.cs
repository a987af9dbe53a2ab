using System.Globalization;
using System.Text;
using Unroll.Compiled;

namespace Unroll;

/// <summary>
/// The table of <c>keras.Model.summary</c> (keras/src/utils/summary_utils.py), as Keras 3 prints it on a terminal of 80 columns before the model
/// has an optimizer.
/// </summary>
internal static class SummaryTable
{
    private static readonly string[] s_header = ["Layer (type)", "Output Shape", "Param #"];

    // 45 %, 35 % and 20 % of 76 columns, less borders and padding.
    private static readonly int[] s_widths = [31, 22, 13];

    public static string Of(NetworkDescription network)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{network.Name}\"\n");
        text.Append(Rule('┏', '━', '┳', '┓'));
        text.Append(Row(s_header, '┃'));
        text.Append(Rule('┡', '━', '╇', '┩'));
        for (int i = 0; i < network.Layers.Count; i++)
        {
            LayerDescription layer = network.Layers[i];
            text.Append(i == 0 ? "" : Rule('├', '─', '┼', '┤'));
            text.Append(Row([$"{layer.Name} ({layer.Kind})", $"(None, {string.Join(", ", layer.OutputShape)})", Number(layer.ParameterCount)], '│'));
        }

        text.Append(Rule('└', '─', '┴', '┘'));
        long trained = Count(network.Parameters.Where(static parameter => parameter.IsTrained));
        long others = Count(network.Parameters.Where(static parameter => !parameter.IsTrained));
        text.Append(CultureInfo.InvariantCulture, $" Total params: {Counted(trained + others)}\n");
        text.Append(CultureInfo.InvariantCulture, $" Trainable params: {Counted(trained)}\n");
        text.Append(CultureInfo.InvariantCulture, $" Non-trainable params: {Counted(others)}");
        return text.ToString();
    }

    private static string Row(string[] cells, char border)
    {
        List<string>[] columns = [.. cells.Select(static (cell, column) => Wrap(cell, s_widths[column]))];
        var text = new StringBuilder();
        for (int line = 0; line < columns.Max(static column => column.Count); line++)
        {
            string[] parts = [.. columns.Select((column, index) => Pad(line < column.Count ? column[line] : "", index))];
            text.Append(border).Append(' ').AppendJoin($" {border} ", parts).Append(' ').Append(border).Append('\n');
        }

        return text.ToString();
    }

    // At spaces where there are some, else wherever the line is full.
    private static List<string> Wrap(string cell, int width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in cell.Split(' '))
        {
            string rest = word;
            if (line.Length > 0 && line.Length + 1 + rest.Length <= width)
            {
                line += " " + rest;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            for (; rest.Length > width; rest = rest[width..])
            {
                lines.Add(rest[..width]);
            }

            line = rest;
        }

        lines.Add(line);
        return lines;
    }

    private static string Pad(string cell, int column) => column == 2 ? cell.PadLeft(s_widths[column]) : cell.PadRight(s_widths[column]);

    private static string Rule(char left, char line, char middle, char right) =>
        $"{left}{string.Join(middle, s_widths.Select(width => new string(line, width + 2)))}{right}\n";

    private static long Count(IEnumerable<ParameterDescription> parameters) =>
        parameters.Sum(static parameter => (long)NetworkDescription.SizeOf(parameter.Shape));

    private static string Counted(long parameters) => $"{Number(parameters)} ({Size(parameters * sizeof(float))})";

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Size(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB"];
        int unit = 0;
        for (; bytes >= 1024 && unit + 1 < units.Length; unit++)
        {
            bytes /= 1024;
        }

        // Python rounds ties to even.
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(bytes, 2, MidpointRounding.ToEven):F2} {units[unit]}");
    }
}
