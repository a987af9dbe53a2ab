namespace Unroll.Data;

/// <summary>A column on its way into a data set.</summary>
/// <param name="Index">Its position in the table.</param>
/// <param name="Encoding">How its cells become numbers.</param>
/// <param name="Replacement">What stands for a missing number; null: the mean of the others, where that is allowed.</param>
internal readonly record struct ColumnSource(int Index, ColumnEncoding Encoding, float? Replacement = null);
