namespace Unroll.Data;

/// <summary>How the cells of one column become numbers.</summary>
internal abstract class ColumnEncoding
{
    /// <summary>How many numbers a cell becomes.</summary>
    public abstract int Width { get; }

    /// <summary>What a cell must be, for error messages.</summary>
    public abstract string Expected { get; }

    /// <summary>Whether the mean of other cells can stand for a missing one.</summary>
    public abstract bool HasMean { get; }

    /// <summary>Writes the <see cref="Width"/> numbers of a cell; false if it is not what was expected.</summary>
    public abstract bool TryEncode(string cell, Span<float> numbers);
}

/// <summary>A cell is a number.</summary>
internal sealed class NumberEncoding(NumberText text) : ColumnEncoding
{
    public override int Width => 1;

    public override string Expected => "a finite number";

    public override bool HasMean => true;

    public override bool TryEncode(string cell, Span<float> numbers) => text.TryParse(cell, out numbers[0]);
}

/// <summary>A cell is one of several texts: its position among them, or a vector with a 1 at this position and 0 elsewhere.</summary>
internal sealed class CategoryEncoding : ColumnEncoding
{
    private readonly Dictionary<string, int> _positions;

    public CategoryEncoding(string[] categories, bool oneHot)
    {
        IsOneHot = oneHot;
        _positions = new Dictionary<string, int>(StringComparer.Ordinal);
        Categories = Array.AsReadOnly(categories);
        foreach (string category in categories)
        {
            _positions[category] = _positions.Count;
        }
    }

    public IReadOnlyList<string> Categories { get; }

    public bool IsOneHot { get; }

    public override int Width => IsOneHot ? _positions.Count : 1;

    public override string Expected => $"one of the categories {CellText.ShowAll(Categories)}";

    public override bool HasMean => false;

    public override bool TryEncode(string cell, Span<float> numbers)
    {
        if (!_positions.TryGetValue(cell, out int position))
        {
            return false;
        }

        if (IsOneHot)
        {
            numbers.Clear();
            numbers[position] = 1f;
        }
        else
        {
            numbers[0] = position;
        }

        return true;
    }
}
