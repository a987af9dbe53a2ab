namespace Unroll.Data;

/// <summary>Several matrices of equally many rows as one, whose rows are theirs one after another.</summary>
internal sealed class JoinedRows
{
    private JoinedRows(float[] values, RowParts parts)
    {
        Values = values;
        Parts = parts;
    }

    /// <summary>What no matrices make: rows without a value.</summary>
    public static JoinedRows None { get; } = new([], RowParts.Unknown);

    /// <summary>The rows, a copy.</summary>
    public float[] Values { get; }

    /// <summary>What each matrix gave to a row.</summary>
    public RowParts Parts { get; }

    public static JoinedRows Of(IReadOnlyList<float[]> parts, int count, string argument)
    {
        ArgumentNullException.ThrowIfNull(parts, argument);
        return Of(
            [.. parts.Select((part, index) => new ReadOnlyMemory<float>(part ?? throw new ArgumentNullException(argument, $"{argument}[{index}] is null.")))],
            count,
            argument);
    }

    public static JoinedRows Of(IReadOnlyList<ReadOnlyMemory<float>> parts, int count, string argument)
    {
        ArgumentNullException.ThrowIfNull(parts, argument);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (parts.Count == 0)
        {
            throw new ArgumentException("Expected at least one array, but got none.", argument);
        }

        int[] widths = [.. parts.Select((part, index) => WidthOf(part, index, count, argument))];
        int size = widths.Sum();
        float[] rows = new float[checked(count * size)];
        int offset = 0;
        for (int part = 0; part < widths.Length; part++)
        {
            ReadOnlySpan<float> values = parts[part].Span;
            for (int row = 0; row < count; row++)
            {
                values.Slice(row * widths[part], widths[part]).CopyTo(rows.AsSpan((row * size) + offset));
            }

            offset += widths[part];
        }

        return new JoinedRows(rows, RowParts.Of(widths));
    }

    private static int WidthOf(ReadOnlyMemory<float> part, int index, int count, string argument) =>
        part.Length > 0 && part.Length % count == 0
            ? part.Length / count
            : throw new ArgumentException(
                $"Expected a positive multiple of {count} values in array {index}, one group for each row, but got {part.Length}.", argument);
}
