using System.Globalization;
using System.Text.Json;
using Unroll.Serialization;

namespace Unroll.Reports;

/// <summary>Histories as files: JSON and CSV.</summary>
internal static class HistoryFile
{
    private const string FirstEpoch = "first_epoch";
    private const string Values = "values";

    public static void WriteJson(int firstEpoch, IEnumerable<KeyValuePair<string, IReadOnlyList<float>>> values, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteNumber(FirstEpoch, firstEpoch);
        json.WriteStartObject(Values);
        foreach ((string key, IReadOnlyList<float> ofEpochs) in values)
        {
            json.WriteStartArray(key);
            foreach (float value in ofEpochs)
            {
                if (float.IsFinite(value))
                {
                    json.WriteNumberValue(value);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The number of the first epoch, and the values of each name, one an epoch.</summary>
    public static (int FirstEpoch, IReadOnlyList<KeyValuePair<string, float[]>> Values) Read(string path)
    {
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return ReadJson(path);
        }

        return path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? ReadCsv(path)
            : throw new ArgumentException($"A history is a file .json or .csv, but is {path}.", nameof(path));
    }

    private static (int FirstEpoch, IReadOnlyList<KeyValuePair<string, float[]>> Values) ReadJson(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            var values = new List<KeyValuePair<string, float[]>>();
            foreach (JsonProperty property in Property(root, Values).EnumerateObject())
            {
                values.Add(new(property.Name, [.. property.Value.EnumerateArray().Select(NumberOf)]));
            }

            return (Property(root, FirstEpoch).GetInt32(), values);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"{path} is no history: expected JSON with {FirstEpoch} and {Values}, as History.SaveJson writes it, but {MessageText.Cut(exception.Message)}",
                exception);
        }
    }

    private static JsonElement Property(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw new JsonException($"it has no {name}.");

    private static float NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Null ? float.NaN : value.GetSingle();

    private static (int FirstEpoch, IReadOnlyList<KeyValuePair<string, float[]>> Values) ReadCsv(string path)
    {
        IReadOnlyList<string[]> lines = CsvText.Read(File.ReadAllText(path));
        string[] names = lines.FirstOrDefault([]);
        if (names is not ["epoch", ..])
        {
            throw new InvalidDataException(
                $"{path} is no history: the first line must be \"epoch\" and the names of values, but is \"{MessageText.Cut(string.Join(',', names))}\".");
        }

        var columns = new float[names.Length][];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = new float[lines.Count - 1];
        }

        for (int row = 1; row < lines.Count; row++)
        {
            string[] cells = lines[row];
            if (cells.Length != names.Length)
            {
                throw new InvalidDataException($"{path}, line {row + 1}: expected {names.Length} values, but found {cells.Length}.");
            }

            for (int column = 0; column < cells.Length; column++)
            {
                columns[column][row - 1] = NumberOf(cells[column], path, row + 1, names[column]);
            }
        }

        return (lines.Count == 1 ? 0 : (int)columns[0][0], [.. names.Zip(columns, KeyValuePair.Create).Skip(1)]);
    }

    private static float NumberOf(string cell, string path, int line, string column)
    {
        if (cell is "" or "NA")
        {
            return float.NaN;
        }

        return float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
            ? value
            : throw new InvalidDataException($"{path}, line {line}, column {MessageText.Cut(column)}: expected a number, but found \"{MessageText.Cut(cell)}\".");
    }
}
