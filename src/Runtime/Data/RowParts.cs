namespace Unroll.Data;

/// <summary>How many values each of several arrays gives to a joined row; unknown where the rows came as they are, or of one array.</summary>
internal sealed class RowParts
{
    private readonly int[] _sizes;

    /// <param name="arrays">What the rows are joined of, in order; each was checked.</param>
    /// <param name="count">The number of rows.</param>
    public RowParts(IReadOnlyList<float[]> arrays, int count)
        : this(arrays.Count > 1 ? [.. arrays.Select(array => array.Length / count)] : [])
    {
    }

    private RowParts(int[] sizes)
    {
        _sizes = sizes;
    }

    public static RowParts Unknown { get; } = new([]);

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
