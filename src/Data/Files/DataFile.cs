namespace Unroll.Data;

/// <summary>Reads files and streams that may be gzipped. The first two bytes tell, whatever they are called.</summary>
internal static class DataFile
{
    /// <summary>Reads a file from its first byte to its last.</summary>
    /// <inheritdoc cref="Read{T}(Stream, string, Func{Stream, T})"/>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.OpenRead(path);
        return Read(file, path, read);
    }

    /// <summary>
    /// Reads a stream to its end and leaves it open. Of gzipped data nothing is given out before length and checksum were found
    /// right: damage is reported as damage, not as what the reader made of it.
    /// </summary>
    /// <exception cref="InvalidDataException">The gzip data are damaged, cut short or followed by something else.</exception>
    public static T Read<T>(Stream stream, string name, Func<Stream, T> read)
    {
        if (!IsGzip(ref stream))
        {
            return read(stream);
        }

        using var content = new GzipContent(stream, name);
        T result;
        try
        {
            result = read(content);
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException && !content.HasFailed)
        {
            content.ReadToEnd();
            throw;
        }

        content.ReadToEnd();
        return result;
    }

    private static bool IsGzip(ref Stream stream)
    {
        if (!stream.CanSeek)
        {
            var source = new PeekStream(stream);
            stream = source;
            return GzipHeader.IsMagic(source.Peek(2));
        }

        Span<byte> start = stackalloc byte[2];
        long position = stream.Position;
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        return GzipHeader.IsMagic(start[..read]);
    }
}
