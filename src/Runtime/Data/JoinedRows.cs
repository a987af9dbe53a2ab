namespace Unroll.Data;

/// <summary>Several matrices of equally many rows as one, whose rows are theirs one after another.</summary>
internal static class JoinedRows
{
    public static float[] Of(IReadOnlyList<float[]> parts, int count, string argument)
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
            for (int row = 0; row < count; row++)
            {
                parts[part].AsSpan(row * widths[part], widths[part]).CopyTo(rows.AsSpan((row * size) + offset));
            }

            offset += widths[part];
        }

        return rows;
    }

    private static int WidthOf(float[] part, int index, int count, string argument)
    {
        ArgumentNullException.ThrowIfNull(part, argument);
        return part.Length > 0 && part.Length % count == 0
            ? part.Length / count
            : throw new ArgumentException(
                $"Expected a positive multiple of {count} values in array {index}, one group for each row, but got {part.Length}.", argument);
    }
}
