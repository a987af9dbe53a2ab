namespace Unroll.Data;

/// <summary>Rows of text cells under named columns, as <see cref="Csv"/> reads them; turns into a <see cref="Dataset"/>.</summary>
/// <remarks>A table does not change: encoding a column gives a new table over the same cells.</remarks>
/// <example><code>
/// Table cars = Csv.Load("auto-mpg.data", options).EncodeOneHot("origin");
/// Dataset data = cars.ToDataset(features: ["weight", "horsepower", "origin"], target: "mpg");   // 5 features: origin is 3 of them
/// </code></example>
public sealed class Table
{
    private readonly ColumnEncoding[] _encodings;

    internal Table(TableContent content)
    {
        Content = content;
        _encodings = new ColumnEncoding[content.ColumnNames.Count];
        Array.Fill(_encodings, new NumberEncoding(content.Numbers));
    }

    private Table(TableContent content, ColumnEncoding[] encodings)
    {
        Content = content;
        _encodings = encodings;
    }

    /// <summary>The names of the columns, in the order of the file.</summary>
    public IReadOnlyList<string> ColumnNames => Content.ColumnNames;

    /// <summary>The number of rows, header and skipped lines not counted.</summary>
    public int RowCount => Content.RowCount;

    /// <summary>The names of all columns but those given: "every feature except the target".</summary>
    /// <param name="columns">The columns to leave out.</param>
    /// <returns>The other names, in the order of the file.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <example><code>table.ToDataset(features: table.ColumnsExcept("quality"), target: "quality")</code></example>
    public IReadOnlyList<string> ColumnsExcept(params IReadOnlyList<string> columns)
    {
        HashSet<int> left = [.. IndicesOf(columns, nameof(columns))];
        return [.. ColumnNames.Where((_, index) => !left.Contains(index))];
    }

    /// <summary>The cells of a column as text, missing ones as they stand in the file.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>RowCount texts.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string[] Texts(string column)
    {
        int index = Content.IndexOf(column, nameof(column));
        return [.. Enumerable.Range(0, RowCount).Select(row => Content.Cell(row, index))];
    }

    /// <summary>Reads a column as labels: each cell becomes the position of its text among the categories, 0, 1, 2, ...</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="categories">
    /// The texts in the order of their labels. Default: those of the column, sorted (as numbers if they all are, else ordinally).
    /// Give them to encode a second file like the first.
    /// </param>
    /// <returns>A table in which this column is one whole number.</returns>
    /// <exception cref="ArgumentException">There is no such column, or the categories are empty or not all different.</exception>
    /// <example><code>
    /// Csv.Load("flowers.csv").EncodeLabels("species").ToDataset(features: ["length", "width"], target: "species")
    /// </code></example>
    public Table EncodeLabels(string column, IReadOnlyList<string>? categories = null) => Encode(column, categories, oneHot: false);

    /// <summary>
    /// Reads a column as one-hot vectors: each cell becomes as many numbers as there are categories, 1 at the position of its
    /// text and 0 elsewhere.
    /// </summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="categories">
    /// The texts in the order of their positions. Default: those of the column, sorted (as numbers if they all are, else
    /// ordinally). Give them to encode a second file like the first.
    /// </param>
    /// <returns>A table in which this column is one number for each category.</returns>
    /// <exception cref="ArgumentException">There is no such column, or the categories are empty or not all different.</exception>
    /// <example><code>cars.EncodeOneHot("origin").ToDataset(features: ["weight", "origin"], target: "mpg")</code></example>
    public Table EncodeOneHot(string column, IReadOnlyList<string>? categories = null) => Encode(column, categories, oneHot: true);

    /// <summary>The categories of an encoded column: label or one-hot position i stands for the i-th text.</summary>
    /// <param name="column">The name of a column that was encoded as labels or one-hot.</param>
    /// <returns>The texts, in order.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it is not encoded.</exception>
    public IReadOnlyList<string> Categories(string column)
    {
        int index = Content.IndexOf(column, nameof(column));
        return _encodings[index] is CategoryEncoding encoding
            ? encoding.Categories
            : throw new ArgumentException(
                $"Column {CellText.Show(column)} of {Content.Name} is not encoded; "
                + $"call {nameof(EncodeLabels)} or {nameof(EncodeOneHot)} first.",
                nameof(column));
    }

    /// <summary>Turns columns into features and one column into the target.</summary>
    /// <param name="features">The feature columns, in the order they get in a sample. A one-hot column takes several places.</param>
    /// <param name="target">The target column: a number, a label, or one-hot.</param>
    /// <returns>One sample a row, rows in the order of the file; missing values as <see cref="CsvOptions.Missing"/> says.</returns>
    /// <exception cref="ArgumentException">There is no such column, or no feature is named.</exception>
    /// <exception cref="FormatException">
    /// A cell is not a number (or none of the categories), or is missing and that is refused, or no row is left. The message names
    /// file, line, column and the text found.
    /// </exception>
    /// <example><code>Dataset data = table.ToDataset(features: ["sugars", "fiber"], target: "calories");</code></example>
    public Dataset ToDataset(IReadOnlyList<string> features, string target)
    {
        int targetColumn = Content.IndexOf(target, nameof(target));
        return new DatasetBuilder(Content, Content.Missing, SourcesOf(features, nameof(features)), [SourceOf(targetColumn)]).Build();
    }

    /// <summary>Turns columns into features and others into several targets.</summary>
    /// <param name="features">The feature columns, in the order they get in a sample. A one-hot column takes several places.</param>
    /// <param name="targets">The target columns, in the order they get in a target.</param>
    /// <returns>One sample a row, rows in the order of the file; missing values as <see cref="CsvOptions.Missing"/> says.</returns>
    /// <exception cref="ArgumentException">There is no such column, or no feature or target is named.</exception>
    /// <exception cref="FormatException">
    /// A cell is not a number (or none of the categories), or is missing and that is refused, or no row is left. The message names
    /// file, line, column and the text found.
    /// </exception>
    public Dataset ToDataset(IReadOnlyList<string> features, IReadOnlyList<string> targets) =>
        new DatasetBuilder(Content, Content.Missing, SourcesOf(features, nameof(features)), SourcesOf(targets, nameof(targets))).Build();

    /// <summary>Turns columns into features without a target: what is to be predicted, or adapted to.</summary>
    /// <param name="features">The feature columns, in the order they get in a sample. A one-hot column takes several places.</param>
    /// <returns>One sample a row, rows in the order of the file; missing values as <see cref="CsvOptions.Missing"/> says.</returns>
    /// <exception cref="ArgumentException">There is no such column, or no feature is named.</exception>
    /// <exception cref="FormatException">As with a target.</exception>
    /// <example><code>float[] y = model.Predict(table.ToDataset(["sugars", "fiber"]).Features);</code></example>
    public Dataset ToDataset(IReadOnlyList<string> features) =>
        new DatasetBuilder(Content, Content.Missing, SourcesOf(features, nameof(features)), targets: []).Build();

    internal TableContent Content { get; }

    internal ColumnSource SourceOf(int column) => new(column, _encodings[column]);

    internal ColumnSource[] SourcesOf(IReadOnlyList<string> columns, string argument) => [.. IndicesOf(columns, argument).Select(SourceOf)];

    private int[] IndicesOf(IReadOnlyList<string> columns, string argument)
    {
        ArgumentNullException.ThrowIfNull(columns, argument);
        return columns.Count == 0
            ? throw new ArgumentException("Expected at least one column, but the list is empty.", argument)
            : [.. columns.Select(column => Content.IndexOf(column, argument))];
    }

    private Table Encode(string column, IReadOnlyList<string>? categories, bool oneHot)
    {
        int index = Content.IndexOf(column, nameof(column));
        var encodings = (ColumnEncoding[])_encodings.Clone();
        encodings[index] = new CategoryEncoding(
            categories is null ? CategoryList.Of(Content, index) : CategoryList.Checked(categories, nameof(categories)), oneHot);
        return new Table(Content, encodings);
    }
}
