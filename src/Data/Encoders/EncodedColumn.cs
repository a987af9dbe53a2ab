namespace Unroll.Data;

/// <summary>What an encoder remembers of a column.</summary>
internal sealed record EncodedColumn
{
    public const string Number = "number";
    public const string Label = "label";
    public const string OneHot = "one-hot";

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string[]? Categories { get; init; }

    public float? Replacement { get; init; }

    public float? Mean { get; init; }

    public float? Deviation { get; init; }

    internal int Width => Kind == OneHot ? Categories!.Length : 1;

    public static EncodedColumn Of(string name, ColumnEncoding encoding) => encoding is CategoryEncoding categories
        ? new EncodedColumn { Name = name, Kind = categories.IsOneHot ? OneHot : Label, Categories = [.. categories.Categories] }
        : new EncodedColumn { Name = name, Kind = Number };

    /// <summary>Where the column is in a table, and how it is read there.</summary>
    public ColumnSource SourceIn(TableContent content) => new(
        content.IndexOf(Name, "table"),
        Categories is null ? new NumberEncoding(content.Numbers) : new CategoryEncoding(Categories, Kind == OneHot),
        Replacement);

    /// <summary>What is wrong with a column that was read from a file; null where nothing is.</summary>
    public string? FindFault()
    {
        if (string.IsNullOrEmpty(Name))
        {
            return "a column has no name";
        }

        bool isNumber = Kind == Number;
        if (!isNumber && Kind is not (Label or OneHot))
        {
            return $"column {CellText.Show(Name)} is of the unknown kind {CellText.Show(Kind)}";
        }

        if (isNumber != Categories is null || (Categories is not null && !CategoryList.IsUsable(Categories)))
        {
            return $"column {CellText.Show(Name)} ({Kind}) has {(isNumber ? "categories" : "no usable categories")}";
        }

        bool isFinite = float.IsFinite(Replacement ?? 0f) && float.IsFinite(Mean ?? 0f) && float.IsFinite(Deviation ?? 1f);
        return isFinite && (Deviation ?? 1f) > 0f && Mean is null == Deviation is null
            ? null
            : $"column {CellText.Show(Name)} has no finite mean with a positive deviation";
    }
}
