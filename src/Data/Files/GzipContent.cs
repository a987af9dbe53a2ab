using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Unroll.Data;

/// <summary>What gzip members hold, one after the other, with the checksum and the length of each verified (RFC 1952).</summary>
/// <remarks>
/// GZipStream verifies them too, but ends quietly where a file is cut before them, and says nothing of what follows. Where the
/// compressed data end is not told by DeflateStream, which reads ahead: it is where checksum and length of what came out stand.
/// </remarks>
internal sealed class GzipContent(Stream compressed, string name) : ReadOnlyStream
{
    private readonly PeekStream _source = new(compressed);
    private readonly Crc32 _checksum = new();
    private DeflateStream? _member;
    private long _memberStart;
    private long _length;
    private bool _isFirst = true;

    /// <summary>Whether damage was found, and reported.</summary>
    public bool HasFailed { get; private set; }

    /// <exception cref="InvalidDataException">The data are damaged, cut short or followed by something else.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (_member is not null || BeginMember()))
        {
            int read = Inflate(_member!, buffer);
            if (read > 0)
            {
                _checksum.Append(buffer[..read]);
                _length += read;
                return read;
            }

            EndMember();
        }

        return 0;
    }

    /// <summary>Reads what is left, so that all is verified.</summary>
    /// <exception cref="InvalidDataException">The data are damaged, cut short or followed by something else.</exception>
    public void ReadToEnd()
    {
        byte[] scratch = new byte[1 << 16];
        while (Read(scratch) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        _member?.Dispose();
        _source.Dispose();
        base.Dispose(disposing);
    }

    private bool BeginMember()
    {
        long start = _source.Offset;
        if (!_isFirst && _source.Peek(1).IsEmpty)
        {
            return false;
        }

        if (!_isFirst && !GzipHeader.IsMagic(_source.Peek(2)))
        {
            throw Fail($"the gzip data end at byte {start}, but something else follows them, which begins with "
                + $"{Convert.ToHexString(_source.Peek(8))} (hexadecimal)");
        }

        if (!GzipHeader.TryPass(_source))
        {
            throw Fail($"the gzip data are damaged or cut short: expected a gzip header at byte {start}, but found none that is whole");
        }

        _isFirst = false;
        _memberStart = _source.Offset;
        _member = new DeflateStream(_source, CompressionMode.Decompress, leaveOpen: true);
        _checksum.Reset();
        _length = 0;
        return true;
    }

    private int Inflate(DeflateStream member, Span<byte> buffer)
    {
        try
        {
            return member.Read(buffer);
        }
        catch (InvalidDataException damage)
        {
            throw Fail($"the gzip data are damaged after {_length} bytes of content", damage);
        }
    }

    private void EndMember()
    {
        if (_source.HasEnded)
        {
            throw Fail($"the gzip data are cut short: they end within the compressed data, after {_length} bytes of content");
        }

        // The length is kept modulo 2^32.
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)_length);
        if (!_source.TryPass(trailer, from: _memberStart))
        {
            throw Fail($"the gzip data are damaged or cut short: expected the checksum and the length of {_length} bytes of content "
                + "after them, but found others");
        }

        _member!.Dispose();
        _member = null;
    }

    private InvalidDataException Fail(string problem, InvalidDataException? cause = null)
    {
        HasFailed = true;
        return new InvalidDataException($"{name}: {problem}.", cause);
    }
}
