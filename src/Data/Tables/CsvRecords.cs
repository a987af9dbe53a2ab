using CsvHelper;

namespace Unroll.Data;

/// <summary>The records of a CSV text, one after the other, each with the line it starts on. Blank lines are passed over.</summary>
internal sealed class CsvRecords : IDisposable
{
    // An unclosed quote would otherwise pull the rest of a large file into one record.
    private const int LargestRecord = 64 << 20;

    private readonly CsvReader _reader;
    private readonly string _name;
    private readonly int _skippedLines;
    private CsvMalformedRecord? _malformed;

    public CsvRecords(TextReader text, CsvOptions options, string name)
    {
        _name = name;
        _skippedLines = Skip(text, options.SkipLines);
        bool blanks = options.Separator == ' ';
        var readerOptions = new CsvReaderOptions
        {
            Separator = blanks ? BlankRunReader.Separator : options.Separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = LargestRecord,
            OnMalformedRecord = record => _malformed = record,
        };
        _reader = CsvReader.Create(blanks ? new BlankRunReader(text) : text, readerOptions, leaveOpen: true);
    }

    /// <summary>The line of the file the current record starts on, from 1.</summary>
    public int Line => _skippedLines + (int)_reader.LineNumber;

    /// <summary>Moves to the next record; false at the end of the text.</summary>
    /// <exception cref="FormatException">The quotes of the record do not match, or it is too large.</exception>
    public bool Read()
    {
        bool found;
        try
        {
            found = _reader.Read();
        }
        catch (CsvFormatException tooLarge)
        {
            throw new FormatException(
                $"{_name}: expected records of at most {LargestRecord} bytes, but one is larger; a quote may not be closed.", tooLarge);
        }

        return _malformed is CsvMalformedRecord malformed ? throw Malformed(malformed) : found;
    }

    /// <summary>A copy of the cells of the current record, without quotes and the blanks around them.</summary>
    public string[] CopyCells() => _reader.Current.ToArray();

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

    private FormatException Malformed(CsvMalformedRecord record)
    {
        string problem = record.Reason switch
        {
            CsvMalformedReason.StrayQuote => "a cell with a quote inside to be in quotes itself, and the quote doubled",
            CsvMalformedReason.TextAfterClosingQuote => "a separator after the closing quote",
            _ => "a closing quote",
        };
        return new FormatException(
            $"{_name}, line {_skippedLines + record.LineNumber}: expected {problem}, but found {CellText.Show(record.RawRecord)}.");
    }
}
