namespace Unroll.Data;

/// <summary>How many values each of several arrays gives to a joined row; unknown where the rows came as they are, or of one array.</summary>
internal sealed class RowParts
{
    private readonly int[] _sizes;

    private RowParts(int[] sizes)
    {
        _sizes = sizes;
    }

    public static RowParts Unknown { get; } = new([]);

    /// <summary>What rows are joined of.</summary>
    /// <param name="sizes">Of each array, in order. One alone says no more than the rows do.</param>
    public static RowParts Of(int[] sizes) => sizes.Length > 1 ? new RowParts(sizes) : Unknown;

    public bool AreKnown => _sizes.Length > 0;

    public int Count => _sizes.Length;

    public int this[int part] => _sizes[part];

    /// <summary>The same of rows that others are put behind: what is known of one side holds for both.</summary>
    /// <exception cref="ArgumentException">Both are known and differ; <paramref name="argument"/> is to blame.</exception>
    public RowParts With(RowParts others, string what, string argument)
    {
        if (!AreKnown || !others.AreKnown)
        {
            return AreKnown ? this : others;
        }

        return _sizes.AsSpan().SequenceEqual(others._sizes) ? this : throw new ArgumentException(
            $"Expected {what} of {this} values as an earlier data set's, but one has {others}.", argument);
    }

    public override string ToString() => string.Join(" and ", _sizes);
}
