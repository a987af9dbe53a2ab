namespace Unroll.Data;

/// <summary>Turns the cells of chosen columns into the two matrices of a <see cref="Dataset"/>.</summary>
/// <param name="content">The cells.</param>
/// <param name="missing">What becomes of missing values.</param>
/// <param name="features">The feature columns.</param>
/// <param name="targets">The target columns; none makes a data set without targets.</param>
internal sealed class DatasetBuilder(TableContent content, MissingValues missing, ColumnSource[] features, ColumnSource[] targets)
{
    /// <summary>What stood for a missing number in each feature; of a column with an encoding, 0.</summary>
    public float[] Replacements { get; } = new float[features.Length];

    public Dataset Build()
    {
        int[] rows = missing == MissingValues.Drop ? CompleteRows() : [.. Enumerable.Range(0, content.RowCount)];
        float[] featureValues = Matrix(rows, features, Replacements);
        return targets.Length == 0
            ? new Dataset(featureValues, rows.Length)
            : new Dataset(featureValues, Matrix(rows, targets, replacements: null), rows.Length);
    }

    private int[] CompleteRows()
    {
        int[] used = [.. features.Concat(targets).Select(static column => column.Index)];
        int[] rows = [.. Enumerable.Range(0, content.RowCount).Where(row => !used.Any(column => content.IsMissing(row, column)))];
        return rows.Length > 0
            ? rows
            : throw new FormatException(
                $"{content.Name}: each of the {content.RowCount} rows has a missing value in one of the columns "
                + $"{CellText.ShowAll([.. used.Select(column => content.ColumnNames[column])])}; no row is left.");
    }

    private float[] Matrix(int[] rows, ColumnSource[] columns, float[]? replacements)
    {
        long total = columns.Sum(static column => (long)column.Encoding.Width);
        if (rows.Length * total > Array.MaxLength)
        {
            throw new FormatException(
                $"{content.Name}: {rows.Length} rows of {total} values are more than the {Array.MaxLength} a data set can hold.");
        }

        int width = (int)total;
        float[] matrix = new float[rows.Length * width];
        int offset = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            float replacement = FillColumn(matrix, width, offset, rows, columns[i], isFeature: replacements is not null);
            replacements?[i] = replacement;
            offset += columns[i].Encoding.Width;
        }

        return matrix;
    }

    /// <returns>What stands for missing numbers.</returns>
    private float FillColumn(float[] matrix, int width, int offset, int[] rows, ColumnSource source, bool isFeature)
    {
        (int column, ColumnEncoding encoding, float? given) = source;
        var missingRows = new List<int>();
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> numbers = matrix.AsSpan(i * width + offset, encoding.Width);
            if (content.IsMissing(rows[i], column))
            {
                RefuseUnless(missing == MissingValues.Mean && isFeature && encoding.HasMean, rows[i], column);
                missingRows.Add(i);
            }
            else if (encoding.TryEncode(content.Cell(rows[i], column), numbers))
            {
                sum += numbers[0];
            }
            else
            {
                string hint = encoding is NumberEncoding ? NumberHint.For(content.Cell(rows[i], column), content.Culture) : "";
                throw content.CellError(rows[i], column, encoding.Expected + hint);
            }
        }

        if (missingRows.Count == rows.Length && given is null)
        {
            throw content.CellError(rows[0], column, "at least one value in the column to take the mean of");
        }

        float replacement = given ?? (encoding.HasMean ? (float)(sum / (rows.Length - missingRows.Count)) : 0f);
        foreach (int i in missingRows)
        {
            matrix[i * width + offset] = replacement;
        }

        return replacement;
    }

    private void RefuseUnless(bool meanStandsIn, int row, int column)
    {
        if (!meanStandsIn)
        {
            string remedy = missing == MissingValues.Refuse
                ? $"{nameof(MissingValues.Drop)} or {nameof(MissingValues.Mean)}"
                : $"{nameof(MissingValues.Drop)}, as targets and categories have no mean";
            throw content.CellError(row, column, $"a value (or {nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} set to {remedy})");
        }
    }
}
