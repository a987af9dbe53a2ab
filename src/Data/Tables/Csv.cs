namespace Unroll.Data;

/// <summary>Reads files of separated values (comma, semicolon, tab, blanks) into a <see cref="Table"/> of named columns.</summary>
/// <remarks>
/// Quotes follow RFC 4180: a cell in <c>"..."</c> may hold separators, line breaks and doubled quotes. What is invisible around a
/// cell (blanks of any kind, byte order marks of joined files) and blank lines are ignored. Text is UTF-8 unless
/// <see cref="CsvOptions.Encoding"/> or a byte order mark says otherwise. Numbers are read with a decimal point unless
/// <see cref="CsvOptions.Culture"/> says otherwise, and only when the table becomes a <see cref="Dataset"/>, so columns that are not
/// used may hold anything. Gzipped data may hold more than 2 GiB; their length and checksum are verified before a table is made.
/// </remarks>
/// <example><code>
/// Table cereals = Csv.Load("cereal.csv", new CsvOptions { MissingNumber = -1, Missing = MissingValues.Drop });
/// Dataset data = cereals.ToDataset(features: ["sugars", "fiber"], target: "calories");
/// </code></example>
public static class Csv
{
    /// <summary>Reads a file, gzipped or not.</summary>
    /// <param name="path">The file; its first bytes tell whether it is gzipped.</param>
    /// <param name="options">How to read it. Default: comma-separated with a header line.</param>
    /// <returns>The cells, as text under named columns.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FormatException">
    /// The file is empty, holds bytes that are no text in its encoding, a row has more or fewer cells than the first, a column name
    /// appears twice, quotes do not match, or a record is larger than 16 million characters.
    /// </exception>
    /// <exception cref="InvalidDataException">A gzipped file is damaged, cut short or followed by something else.</exception>
    /// <exception cref="ArgumentException">An option cannot be: see its parameter name and message.</exception>
    public static Table Load(string path, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.OpenRead(path);
        return Load(file, options, path);
    }

    /// <summary>Reads a stream up to its end, gzipped or not, such as an embedded resource or a download. It stays open.</summary>
    /// <param name="stream">The bytes to read; the first tell whether they are gzipped.</param>
    /// <param name="options">How to read them. Default: comma-separated with a header line.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <returns>The cells, as text under named columns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="FormatException">As for a file.</exception>
    /// <exception cref="InvalidDataException">Gzipped data are damaged, cut short or followed by something else.</exception>
    /// <exception cref="ArgumentException">An option cannot be: see its parameter name and message.</exception>
    /// <example><code>
    /// using Stream resource = typeof(Program).Assembly.GetManifestResourceStream("iris.csv.gz")!;
    /// Table irises = Csv.Load(resource);
    /// </code></example>
    public static Table Load(Stream stream, CsvOptions? options = null, string name = "CSV stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return DataFile.Read(
            stream,
            name,
            content =>
            {
                using var text = new StrictText(content, options?.Encoding, name);
                return Load(text, options, name);
            });
    }

    /// <summary>Reads text up to its end. The reader stays open.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="options">How to read it. Default: comma-separated with a header line.</param>
    /// <param name="name">What error messages call the text.</param>
    /// <returns>The cells, as text under named columns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">
    /// The text is empty, a row has more or fewer cells than the first, a column name appears twice, or quotes do not match.
    /// </exception>
    /// <exception cref="ArgumentException">An option cannot be: see its parameter name and message.</exception>
    public static Table Load(TextReader text, CsvOptions? options = null, string name = "CSV text")
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new CsvOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.SkipLines);

        using var records = new CsvRecords(text, options, name);
        if (!records.Read())
        {
            throw new FormatException($"{name}: expected {(options.HasHeader ? "a header line" : "at least one row")}, but found none.");
        }

        string[] columnNames = ColumnNames.Choose(records.CopyCells(), options, $"{name}, line {records.Line}");
        if (options.HasHeader && !records.Read())
        {
            throw new FormatException($"{name}: expected at least one row after the header, but found none.");
        }

        return new Table(ReadRows(records, columnNames, options, name));
    }

    private static TableContent ReadRows(CsvRecords records, string[] columnNames, CsvOptions options, string name)
    {
        var rows = new List<string[]>();
        var lines = new List<int>();
        do
        {
            string[] cells = records.CopyCells();
            if (cells.Length != columnNames.Length)
            {
                throw new FormatException(
                    $"{name}, line {records.Line}: expected {columnNames.Length} cells as in the first line, but found {cells.Length}.");
            }

            rows.Add(cells);
            lines.Add(records.Line);
        }
        while (records.Read());

        return new TableContent(name, columnNames, [.. rows], [.. lines], options);
    }
}
