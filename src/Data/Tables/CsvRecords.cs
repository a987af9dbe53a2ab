using nietras.SeparatedValues;

namespace Unroll.Data;

/// <summary>The records of a CSV text, one after the other, each with the line it starts on. Blank lines are passed over.</summary>
internal sealed class CsvRecords : IDisposable
{
    private readonly SepReader _reader;
    private readonly string _name;
    private readonly int _skippedLines;
    private readonly TextPool _pool = new();
    private bool _isFirst = true;

    public CsvRecords(TextReader text, CsvOptions options, string name)
    {
        _name = name;
        bool blanks = options.Separator == ' ';
        var readerOptions = new SepReaderOptions(new Sep(blanks ? BlankRunReader.Separator : options.Separator))
        {
            HasHeader = false,
            DisableColCountCheck = true,
        };
        _skippedLines = Skip(text, options.SkipLines);
        _reader = Guarded(() => readerOptions.From(blanks ? new BlankRunReader(text) : new BorrowedText(text)));
    }

    /// <summary>The line of the file the current record starts on, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Moves to the next record; false at the end of the text.</summary>
    /// <exception cref="FormatException">The record is too large.</exception>
    public bool Read()
    {
        while (Guarded(_reader.MoveNext))
        {
            SepReader.Row row = _reader.Current;

            // Sep reads the first record before it counts.
            Line = _skippedLines + (_isFirst ? 1 : row.LineNumberFrom);
            _isFirst = false;
            if (row.ColCount > 1 || !CsvCell.IsBlank(row[0].Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A copy of the cells of the current record, without quotes and what is invisible around them.</summary>
    /// <exception cref="FormatException">The quotes of a cell do not match.</exception>
    public string[] CopyCells()
    {
        SepReader.Row row = _reader.Current;
        string[] cells = new string[row.ColCount];
        for (int column = 0; column < cells.Length; column++)
        {
            cells[column] = CsvCell.Read(row[column].Span, _pool, out string? expected)
                ?? throw new FormatException($"{_name}, line {Line}: expected {expected}, but found {CellText.Show(row.Span.ToString())}.");
        }

        return cells;
    }

    public void Dispose() => _reader.Dispose();

    private static int Skip(TextReader text, int lines)
    {
        int skipped = 0;
        while (skipped < lines && text.ReadLine() is not null)
        {
            skipped++;
        }

        return skipped;
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NotSupportedException tooLarge)
        {
            throw new FormatException(
                $"{_name}, line {Line + 1} or later: one record is larger than the reader takes; a quote may not be closed. {tooLarge.Message}",
                tooLarge);
        }
    }
}
