namespace Unroll.Data;

/// <summary>
/// Turns tables into data sets the way one table was: with its categories, the means of its columns and their scales. Fitted on the
/// training file, saved beside the weights, applied to every file and sample that the model sees afterwards.
/// </summary>
/// <remarks>
/// What is remembered of each column: the categories of labels and one-hot columns; the mean that stands for a missing number, where
/// the table says so; and, if asked for, mean and deviation for <c>(x − mean) / deviation</c>, as <see cref="Standardizer"/> computes
/// them. A text that was not among the categories is an error, as is a missing value under <see cref="MissingValues.Refuse"/>.
/// </remarks>
/// <example><code>
/// Table train = Csv.Load("train.csv", new CsvOptions { Missing = MissingValues.Mean }).EncodeLabels("species");
/// TableEncoder encoder = TableEncoder.Fit(train, features: ["length", "width"], target: "species", standardize: true);
/// model.Fit(encoder.Apply(train), epochs: 50);
/// model.Save("flowers.safetensors");
/// encoder.Save("flowers.json");
///
/// TableEncoder again = TableEncoder.Load("flowers.json");                    // elsewhere, later
/// model.Evaluate(again.Apply(Csv.Load("test.csv")));
/// float[] y = model.Predict(again.ApplyToSample("5.1", "3.5"));
/// string species = again.Categories("species")[Preprocessing.ArgMax(y)];
/// </code></example>
public sealed class TableEncoder
{
    private readonly EncodedColumn[] _features;
    private readonly EncodedColumn[] _targets;
    private readonly MissingValues _missing;

    internal TableEncoder(EncodedColumn[] features, EncodedColumn[] targets, MissingValues missing)
    {
        _features = features;
        _targets = targets;
        _missing = missing;
        Features = Array.AsReadOnly(Array.ConvertAll(features, static column => column.Name));
        Targets = Array.AsReadOnly(Array.ConvertAll(targets, static column => column.Name));
    }

    /// <summary>The feature columns, in the order they have in a sample.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The target columns, in the order they have in a target.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The number of values in a sample: one for each column, and for a one-hot column as many as it has categories.</summary>
    public int FeatureSize => _features.Sum(static column => column.Width);

    /// <summary>The number of values in a target.</summary>
    public int TargetSize => _targets.Sum(static column => column.Width);

    /// <summary>Remembers how a table becomes a data set.</summary>
    /// <param name="table">The training part, with its columns encoded by <see cref="Table.EncodeLabels"/> and
    /// <see cref="Table.EncodeOneHot"/>.</param>
    /// <param name="features">The feature columns.</param>
    /// <param name="target">The target column.</param>
    /// <param name="standardize">Whether features that are numbers are shifted and scaled to mean 0 and deviation 1.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no such column, or one is named twice.</exception>
    /// <exception cref="FormatException">A cell cannot be turned into numbers.</exception>
    public static TableEncoder Fit(Table table, IReadOnlyList<string> features, string target, bool standardize = false) =>
        Fit(table, features, [target], standardize);

    /// <inheritdoc cref="Fit(Table, IReadOnlyList{string}, string, bool)"/>
    /// <param name="table">The training part.</param>
    /// <param name="features">The feature columns.</param>
    /// <param name="targets">The target columns; may be empty, for data without.</param>
    /// <param name="standardize">Whether features that are numbers are shifted and scaled to mean 0 and deviation 1.</param>
    public static TableEncoder Fit(Table table, IReadOnlyList<string> features, IReadOnlyList<string> targets, bool standardize = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        RequireDifferent(features, nameof(features));
        RequireDifferent(targets, nameof(targets));
        ColumnSource[] featureSources = table.SourcesOf(features, nameof(features));
        ColumnSource[] targetSources = targets.Count == 0 ? [] : table.SourcesOf(targets, nameof(targets));
        MissingValues missing = table.Content.Missing;
        var builder = new DatasetBuilder(table.Content, missing, featureSources, targetSources);
        Standardizer? scales = standardize ? Standardizer.Fit(builder.Build()) : null;
        if (scales is null)
        {
            builder.Build();
        }

        var columns = new EncodedColumn[featureSources.Length];
        int place = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            EncodedColumn column = EncodedColumn.Of(features[i], featureSources[i].Encoding);
            if (column.Kind == EncodedColumn.Number)
            {
                column = column with
                {
                    Replacement = missing == MissingValues.Mean ? builder.Replacements[i] : null,
                    Mean = scales?.Means[place],
                    Deviation = scales?.Deviations[place],
                };
            }

            columns[i] = column;
            place += column.Width;
        }

        EncodedColumn[] targetColumns = [.. targets.Zip(targetSources, static (name, source) => EncodedColumn.Of(name, source.Encoding))];
        return new TableEncoder(columns, targetColumns, missing);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is no encoder, or a damaged one; the message says what is wrong.</exception>
    public static TableEncoder Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.OpenRead(path);
        return Load(file, path);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, from a stream such as an embedded resource.</summary>
    /// <param name="stream">The content of the file; stays open.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="InvalidDataException">It is no encoder, or a damaged one; the message says what is wrong.</exception>
    public static TableEncoder Load(Stream stream, string name = "table encoder")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return TableEncoderFile.Read(stream, name);
    }

    /// <summary>Writes the encoder as JSON: into a temporary file beside the target, which then takes its place.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, stream => TableEncoderFile.Write(stream, _features, _targets, _missing));
    }

    /// <summary>Turns a table with the same columns into a data set. Encodings of the table itself do not matter.</summary>
    /// <param name="table">Another file, or the training part itself.</param>
    /// <returns>One sample a row, but for rows that <see cref="MissingValues.Drop"/> leaves out.</returns>
    /// <exception cref="ArgumentNullException">The table is null.</exception>
    /// <exception cref="ArgumentException">A column is missing.</exception>
    /// <exception cref="FormatException">A cell is not a number, none of the categories, or a missing value that is refused.</exception>
    public Dataset Apply(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Apply(table.Content, _targets);
    }

    /// <summary>As <see cref="Apply(Table)"/>, of a table that needs no target columns.</summary>
    /// <param name="table">What is to be predicted.</param>
    /// <returns>A data set without targets.</returns>
    /// <exception cref="ArgumentNullException">The table is null.</exception>
    /// <exception cref="ArgumentException">A column is missing.</exception>
    /// <exception cref="FormatException">A cell is not a number, none of the categories, or a missing value that is refused.</exception>
    public Dataset ApplyToFeatures(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Apply(table.Content, targets: []);
    }

    /// <summary>The features of one sample.</summary>
    /// <param name="cells">A text for each column of <see cref="Features"/>, as a file has them; an empty one or "?" is missing.</param>
    /// <returns>FeatureSize values.</returns>
    /// <exception cref="ArgumentException">There is not one text for each column.</exception>
    /// <exception cref="FormatException">A text is not a number, none of the categories, or a missing value that is refused.</exception>
    public float[] ApplyToSample(params IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count != Features.Count)
        {
            throw new ArgumentException(
                $"Expected {Features.Count} texts, for {CellText.ShowAll(Features)}, but got {cells.Count}.", nameof(cells));
        }

        var content = new TableContent("sample", [.. Features], [[.. cells]], [1], new CsvOptions());
        return Apply(content, targets: []).Features.ToArray();
    }

    /// <summary>The categories of a column: label or one-hot position i stands for the i-th text.</summary>
    /// <param name="column">A feature or target that is encoded as labels or one-hot.</param>
    /// <exception cref="ArgumentException">There is no such column, or it is a number.</exception>
    public IReadOnlyList<string> Categories(string column) =>
        _features.Concat(_targets).FirstOrDefault(known => known.Name == column && known.Categories is not null)?.Categories
            ?? throw new ArgumentException(
                $"Expected an encoded column, but {CellText.Show(column)} is a number or none of "
                + $"{CellText.ShowAll([.. Features, .. Targets])}.",
                nameof(column));

    private static void RequireDifferent(IReadOnlyList<string> columns, string argument)
    {
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
        {
            throw new ArgumentException($"Expected each column once, but got {CellText.ShowAll(columns)}.", argument);
        }
    }

    private Dataset Apply(TableContent content, EncodedColumn[] targets)
    {
        Dataset data = new DatasetBuilder(
            content,
            _missing,
            Array.ConvertAll(_features, column => column.SourceIn(content)),
            Array.ConvertAll(targets, column => column.SourceIn(content))).Build();
        return _features.Any(static column => column.Mean is not null) ? Scales().Apply(data) : data;
    }

    private Standardizer Scales()
    {
        var means = new List<float>();
        var deviations = new List<float>();
        foreach (EncodedColumn column in _features)
        {
            means.AddRange(Enumerable.Repeat(column.Mean ?? 0f, column.Width));
            deviations.AddRange(Enumerable.Repeat(column.Deviation ?? 1f, column.Width));
        }

        return new Standardizer([.. means], [.. deviations]);
    }
}
