using System.Buffers.Binary;
using System.IO.Compression;

namespace Unroll.Data;

/// <summary>Opens files that may be gzipped. The first two bytes tell, whatever the file is called.</summary>
internal static class Gzip
{
    // A 10-byte header, at least 2 bytes of deflate data, then 4 bytes of checksum and 4 of length (RFC 1952).
    private const int SmallestFile = 20;

    /// <summary>The bytes of the file, decompressed as they are read when it is gzipped.</summary>
    public static Stream OpenRead(string path)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            return IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="OpenRead"/>, but a gzipped file is decompressed at once and refused if its end is missing.</summary>
    /// <exception cref="InvalidDataException">The gzip data are damaged or cut short.</exception>
    public static Stream OpenWhole(string path)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            return IsGzip(file) ? Decompress(file, path) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1F && start[1] == 0x8B;
    }

    private static MemoryStream Decompress(FileStream file, string path)
    {
        uint promised = LengthInTrailer(file, path);
        var content = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            gzip.CopyTo(content);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{path}: the gzip data are damaged. {damage.Message}", damage);
        }

        // GZipStream ends quietly where a file is cut. The last four bytes are the length of the last member, which cannot
        // exceed the whole; in a cut file they are arbitrary and practically always do.
        if (promised > content.Length)
        {
            throw new InvalidDataException(
                $"{path}: the gzip data are cut short: expected at least {promised} bytes of content, but found {content.Length}.");
        }

        content.Position = 0;
        return content;
    }

    private static uint LengthInTrailer(FileStream file, string path)
    {
        if (file.Length < SmallestFile)
        {
            throw new InvalidDataException(
                $"{path}: expected a gzip file of at least {SmallestFile} bytes, but found {file.Length}.");
        }

        Span<byte> trailer = stackalloc byte[4];
        file.Seek(-trailer.Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer);
    }
}
