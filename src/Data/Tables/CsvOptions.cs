using System.Globalization;
using System.Text;

namespace Unroll.Data;

/// <summary>How <see cref="Csv"/> reads a file. The defaults fit a comma-separated file with a header line.</summary>
/// <example><code>
/// // Auto MPG: no header, runs of blanks, "?" for a missing horsepower.
/// var options = new CsvOptions
/// {
///     Separator = ' ',
///     HasHeader = false,
///     ColumnNames = ["mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin", "name"],
///     Missing = MissingValues.Drop,
/// };
/// </code></example>
public sealed record CsvOptions
{
    /// <summary>
    /// The ASCII character between two cells: <c>','</c> (the default), <c>';'</c>, <c>'\t'</c>, ... A blank, <c>' '</c>, stands for
    /// any run of spaces and tabs; those at the start and the end of a line then separate nothing.
    /// </summary>
    public char Separator { get; init; } = ',';

    /// <summary>
    /// What the bytes of the file are text in. Default: null, UTF-8. A byte order mark has the last word. Bytes that are no text in
    /// it are an error that names the first: <c>Encoding.Latin1</c>, or <c>CodePagesEncodingProvider.Instance.GetEncoding(1252)</c>
    /// for Windows-1252, are what older programs write.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// How numbers are written. Default: null, with a decimal point and nothing between thousands, whatever the culture of the
    /// program. <c>CultureInfo.GetCultureInfo("de-DE")</c> reads <c>1.234,5</c>, and refuses <c>1.5</c>: groups must have the size
    /// that the culture gives them.
    /// </summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Whether the first line that is read names the columns. Default: true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// Names for the columns, instead of those of the header. Default: null, which takes the header's names, or
    /// <c>column1</c>, <c>column2</c>, ... for a file without one (and for a column the header leaves unnamed).
    /// </summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>How many lines to pass over before the header or the first row, such as a line of metadata. Default: 0.</summary>
    public int SkipLines { get; init; }

    /// <summary>The cells that mean "no value", compared exactly. Default: the empty cell and <c>?</c>.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["", "?"];

    /// <summary>A number that means "no value" wherever it stands, such as -1. Default: null, no such number.</summary>
    public float? MissingNumber { get; init; }

    /// <summary>What becomes of missing values. Default: <see cref="MissingValues.Refuse"/>.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;
}
