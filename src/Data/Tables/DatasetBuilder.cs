namespace Unroll.Data;

/// <summary>Turns the cells of chosen columns into the two matrices of a <see cref="Dataset"/>.</summary>
internal sealed class DatasetBuilder(TableContent content, ColumnEncoding[] encodings, int[] features, int[] targets)
{
    public Dataset Build()
    {
        int[] rows = content.Missing == MissingValues.Drop ? CompleteRows() : [.. Enumerable.Range(0, content.RowCount)];
        float[] featureValues = Matrix(rows, features, meansAllowed: content.Missing == MissingValues.Mean);
        float[] targetValues = Matrix(rows, targets, meansAllowed: false);
        return new Dataset(featureValues, targetValues, rows.Length);
    }

    private int[] CompleteRows()
    {
        int[] used = [.. features, .. targets];
        int[] rows = [.. Enumerable.Range(0, content.RowCount).Where(row => !used.Any(column => content.IsMissing(row, column)))];
        return rows.Length > 0
            ? rows
            : throw new FormatException(
                $"{content.Name}: each of the {content.RowCount} rows has a missing value in one of the columns "
                + $"{CellText.ShowAll([.. used.Select(column => content.ColumnNames[column])])}; no row is left.");
    }

    private float[] Matrix(int[] rows, int[] columns, bool meansAllowed)
    {
        long total = columns.Sum(column => (long)encodings[column].Width);
        if (rows.Length * total > Array.MaxLength)
        {
            throw new FormatException(
                $"{content.Name}: {rows.Length} rows of {total} values are more than the {Array.MaxLength} a data set can hold.");
        }

        int width = (int)total;
        float[] matrix = new float[rows.Length * width];
        int offset = 0;
        foreach (int column in columns)
        {
            FillColumn(matrix, width, offset, rows, column, meansAllowed);
            offset += encodings[column].Width;
        }

        return matrix;
    }

    private void FillColumn(float[] matrix, int width, int offset, int[] rows, int column, bool meansAllowed)
    {
        ColumnEncoding encoding = encodings[column];
        var missing = new List<int>();
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> numbers = matrix.AsSpan(i * width + offset, encoding.Width);
            if (content.IsMissing(rows[i], column))
            {
                RefuseUnless(meansAllowed && encoding.HasMean, rows[i], column);
                missing.Add(i);
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

        if (missing.Count == rows.Length)
        {
            throw content.CellError(rows[0], column, "at least one value in the column to take the mean of");
        }

        float mean = (float)(sum / (rows.Length - missing.Count));
        foreach (int i in missing)
        {
            matrix[i * width + offset] = mean;
        }
    }

    private void RefuseUnless(bool meanStandsIn, int row, int column)
    {
        if (!meanStandsIn)
        {
            string remedy = content.Missing == MissingValues.Refuse
                ? $"{nameof(MissingValues.Drop)} or {nameof(MissingValues.Mean)}"
                : $"{nameof(MissingValues.Drop)}, as targets and categories have no mean";
            throw content.CellError(row, column, $"a value (or {nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} set to {remedy})");
        }
    }
}
