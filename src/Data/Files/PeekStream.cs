namespace Unroll.Data;

/// <summary>Reads a stream through a buffer in which one can look ahead, and back at what was read last.</summary>
internal sealed class PeekStream(Stream inner) : ReadOnlyStream
{
    private const int Size = 1 << 16;

    // One read gives at most this much, so that it can be kept, with room to look ahead.
    private const int MostRead = Size / 4;

    private const int LongestPattern = 16;

    private readonly byte[] _bytes = new byte[Size];
    private int _latest;
    private int _next;
    private int _end;

    /// <summary>How many bytes were read.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether somebody has asked for more than there was.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The next bytes, without reading them: fewer than asked for only where the stream ends.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _next < count)
        {
            Fill(count);
        }

        return _bytes.AsSpan(_next, Math.Min(count, _end - _next));
    }

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> next = Peek(1);
        HasEnded |= next.IsEmpty && !buffer.IsEmpty;
        int count = Math.Min(Math.Min(buffer.Length, MostRead), _end - _next);
        _bytes.AsSpan(_next, count).CopyTo(buffer);
        Advance(count);
        return count;
    }

    /// <summary>
    /// Looks for a pattern in the bytes of the latest read, and as far before and after them as it is long. What follows it is
    /// then read next.
    /// </summary>
    /// <param name="pattern">At most <see cref="LongestPattern"/> bytes.</param>
    /// <param name="from">The offset before which there is no looking.</param>
    public bool TryPass(ReadOnlySpan<byte> pattern, long from)
    {
        Peek(pattern.Length);
        int first = (int)Math.Max(Math.Max(0, _latest - pattern.Length), _next - (Offset - from));
        int found = _bytes.AsSpan(first, Math.Min(_end, _next + pattern.Length) - first).IndexOf(pattern);
        if (found < 0)
        {
            return false;
        }

        int next = first + found + pattern.Length;
        Offset += next - _next;
        _next = next;
        _latest = next;
        return true;
    }

    /// <summary>Passes over bytes that <see cref="Peek"/> has shown.</summary>
    public void Advance(int count)
    {
        _latest = _next;
        _next += count;
        Offset += count;
    }

    private void Fill(int count)
    {
        // Some bytes before the latest read stay too: an end may lie across two reads.
        int keep = Math.Max(0, _latest - LongestPattern);
        _bytes.AsSpan(keep, _end - keep).CopyTo(_bytes);
        _latest -= keep;
        _next -= keep;
        _end -= keep;
        while (_end - _next < count && inner.Read(_bytes.AsSpan(_end)) is int read and > 0)
        {
            _end += read;
        }
    }
}
