using System.Text;

namespace Unroll.Data;

/// <summary>
/// The text of a byte stream. Bytes that are none in its encoding are an error with their offset: as replacement characters they
/// would make different texts equal.
/// </summary>
internal sealed class StrictText : TextReader
{
    private readonly PeekStream _source;
    private readonly string _name;
    private readonly Encoding _encoding;
    private readonly Decoder _decoder;
    private readonly byte[] _bytes = new byte[1 << 14];
    private readonly char[] _chars;
    private int _next;
    private int _end;
    private long _lines = 1;
    private bool _hasEnded;

    /// <param name="stream">The bytes; stays open.</param>
    /// <param name="encoding">What they are in, unless a byte order mark says otherwise; null: UTF-8.</param>
    /// <param name="name">What error messages call the text.</param>
    public StrictText(Stream stream, Encoding? encoding, string name)
    {
        _source = new PeekStream(stream);
        _name = name;
        _encoding = (Encoding)(ByteOrderMark.Pass(_source) ?? encoding ?? Encoding.UTF8).Clone();
        _encoding.DecoderFallback = DecoderFallback.ExceptionFallback;
        _decoder = _encoding.GetDecoder();
        _chars = new char[_encoding.GetMaxCharCount(_bytes.Length)];
    }

    public override int Peek() => HasNext() ? _chars[_next] : -1;

    public override int Read() => HasNext() ? _chars[_next++] : -1;

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !HasNext())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _end - _next);
        _chars.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    protected override void Dispose(bool disposing)
    {
        _source.Dispose();
        base.Dispose(disposing);
    }

    private bool HasNext()
    {
        while (_next == _end && !_hasEnded)
        {
            long offset = _source.Offset;
            int read = _source.Read(_bytes);
            _hasEnded = read == 0;
            _next = 0;
            _end = Decode(_bytes.AsSpan(0, read), offset);
            int zero = _chars.AsSpan(0, _end).IndexOf('\0');
            if (zero >= 0)
            {
                throw new FormatException(
                    $"{_name}, line {LineAt(zero)}: expected text in {_encoding.WebName}, but found a zero character. "
                    + $"If the text is UTF-16, give {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)} = Encoding.Unicode.");
            }

            _lines += _chars.AsSpan(0, _end).Count('\n');
        }

        return _next < _end;
    }

    private int Decode(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            return _decoder.GetChars(bytes, _chars, flush: bytes.IsEmpty);
        }
        catch (DecoderFallbackException found)
        {
            // The index is negative where the sequence began in the bytes before.
            int valid = Math.Max(0, found.Index);
            _decoder.Reset();
            int before = _encoding.GetString(bytes[..valid]).AsSpan().Count('\n');
            throw new FormatException(
                $"{_name}, line {_lines + before}: expected text in {_encoding.WebName}, but byte {offset + found.Index} of the text, "
                + $"counted from 0, is {Convert.ToHexString(found.BytesUnknown ?? [])} (hexadecimal). "
                + $"Give {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}: Encoding.Latin1, say, or "
                + "CodePagesEncodingProvider.Instance.GetEncoding(1252) for Windows-1252.",
                found);
        }
    }

    private long LineAt(int index) => _lines + _chars.AsSpan(0, index).Count('\n');
}
