namespace Unroll.Reports.Record;

/// <summary>The range of one feature or target.</summary>
internal readonly record struct ColumnFacts(float Minimum, float Maximum, double Mean, double Deviation)
{
    public bool IsConstant => Minimum == Maximum;

    /// <summary>√(mean of x²): how large the values are that a layer sees.</summary>
    public double Magnitude => Math.Sqrt((Mean * Mean) + (Deviation * Deviation));
}

/// <summary>One pass over the columns of a matrix.</summary>
internal sealed class ColumnScan
{
    /// <param name="values">Rows of columns.</param>
    /// <param name="columns">The values of a row.</param>
    /// <param name="step">One row in so many is looked at.</param>
    public ColumnScan(ReadOnlySpan<float> values, int columns, int step)
    {
        float[] low = new float[columns];
        float[] high = new float[columns];
        double[] sums = new double[columns];
        double[] squares = new double[columns];
        ReadOnlySpan<float> shift = values[..columns];
        shift.CopyTo(low);
        shift.CopyTo(high);
        int count = 0;
        for (int first = 0; first < values.Length; first += columns * step, count++)
        {
            ReadOnlySpan<float> row = values.Slice(first, columns);
            for (int i = 0; i < columns; i++)
            {
                float value = row[i];
                low[i] = MathF.Min(low[i], value);
                high[i] = MathF.Max(high[i], value);

                // From the first row on: what is far from 0 keeps its digits.
                double distance = value - shift[i];
                sums[i] += distance;
                squares[i] += distance * distance;
            }
        }

        Columns = new ColumnFacts[columns];
        for (int i = 0; i < columns; i++)
        {
            double mean = sums[i] / count;
            double variance = Math.Max(0, (squares[i] / count) - (mean * mean));
            Columns[i] = new ColumnFacts(low[i], high[i], shift[i] + mean, Math.Sqrt(variance));
        }
    }

    public ColumnFacts[] Columns { get; }
}
