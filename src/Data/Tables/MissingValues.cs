namespace Unroll.Data;

/// <summary>What <see cref="Table"/> does with the missing values of the columns it turns into a <see cref="Dataset"/>.</summary>
public enum MissingValues
{
    /// <summary>A missing value is an error that says where it stands (the default).</summary>
    Refuse,

    /// <summary>A row with a missing value in one of the columns used is left out.</summary>
    Drop,

    /// <summary>
    /// A missing number of a feature becomes the mean of the values the column has, over all rows of the table. Targets and
    /// encoded columns have no such stand-in: a missing value in one of them is still an error.
    /// </summary>
    Mean,
}
