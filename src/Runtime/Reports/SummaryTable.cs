using System.Globalization;
using System.Text;
using Unroll.Compiled;

namespace Unroll.Reports;

/// <summary>
/// The table of <c>keras.Model.summary</c> (keras/src/utils/summary_utils.py), as Keras 3 prints it on a terminal of 80 columns before the model
/// has an optimizer. What is longer than its column goes on in the next line, where Keras cuts it off.
/// </summary>
internal sealed class SummaryTable
{
    private static readonly string[] s_header = ["Layer (type)", "Output Shape", "Param #", "Connected to"];

    // 45 %, 35 % and 20 % of 76 columns, less equal shares of borders and padding.
    private static readonly int[] s_stackWidths = [31, 22, 13];

    // Of a network that is no stack: 30 %, 26 %, 18 % and 26 %, less the same.
    private static readonly int[] s_graphWidths = [19, 17, 10, 17];

    private readonly int[] _widths;

    private SummaryTable(int[] widths)
    {
        _widths = widths;
    }

    public static string Of(NetworkDescription network) => new SummaryTable(IsStack(network) ? s_stackWidths : s_graphWidths).Write(network);

    private string Write(NetworkDescription network)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{network.Name}\"\n");
        text.Append(Rule('┏', '━', '┳', '┓'));
        text.Append(Row(s_header, '┃'));
        text.Append(Rule('┡', '━', '╇', '┩'));
        IEnumerable<string[]> rows = network.Layers.Select(Cells);
        if (_widths == s_graphWidths)
        {
            rows = network.Inputs.Select(static input => new[] { $"{input.Name} (InputLayer)", ShapeOf(input.Shape), "0", "-" }).Concat(rows);
        }

        text.AppendJoin(Rule('├', '─', '┼', '┤'), rows.Select(cells => Row(cells, '│')));
        text.Append(Rule('└', '─', '┴', '┘'));
        long trained = Count(network.Parameters.Where(static parameter => parameter.IsTrained));
        long others = Count(network.Parameters.Where(static parameter => !parameter.IsTrained));
        text.Append(CultureInfo.InvariantCulture, $" Total params: {Counted(trained + others)}\n");
        text.Append(CultureInfo.InvariantCulture, $" Trainable params: {Counted(trained)}\n");
        text.Append(CultureInfo.InvariantCulture, $" Non-trainable params: {Counted(others)}");
        return text.ToString();
    }

    // Keras leaves the column out where every layer reads the one above.
    private static bool IsStack(NetworkDescription network)
    {
        string above = network.Inputs[0].Name;
        foreach (LayerDescription layer in network.Layers)
        {
            if (layer.Inputs.Count != 1 || layer.Inputs[0] != above)
            {
                return false;
            }

            above = layer.Name;
        }

        return network.Inputs.Count == 1 && network.Outputs.Count == 1;
    }

    private static string[] Cells(LayerDescription layer) =>
        [$"{layer.Name} ({layer.Kind})", ShapeOf(layer.OutputShape), Number(layer.ParameterCount), string.Join(", ", layer.Inputs.Select(Source))];

    // Which call of the layer, and which of its outputs. A layer is applied once, shared blocks having layers of other names at each use, and
    // gives one value.
    private static string Source(string layer) => $"{layer}[0][0]";

    private static string ShapeOf(IReadOnlyList<int> shape) => $"(None, {string.Join(", ", shape)})";

    private string Row(string[] cells, char border)
    {
        List<string>[] columns = [.. _widths.Select((width, column) => Wrap(cells[column], width))];
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

    private string Pad(string cell, int column) => column == 2 ? cell.PadLeft(_widths[column]) : cell.PadRight(_widths[column]);

    private string Rule(char left, char line, char middle, char right) =>
        $"{left}{string.Join(middle, _widths.Select(width => new string(line, width + 2)))}{right}\n";

    private static long Count(IEnumerable<ParameterDescription> parameters) =>
        parameters.Sum(static parameter => (long)LogicalShape.SizeOf(parameter.Shape));

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
