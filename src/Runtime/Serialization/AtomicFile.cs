namespace Unroll.Serialization;

/// <summary>Writes a file so that its path names the old content or the new one, never a part of either.</summary>
internal static class AtomicFile
{
    /// <summary>Calls <paramref name="write"/> on a temporary file beside <paramref name="path"/>, flushes it to disk and renames it over the path.</summary>
    /// <remarks>When <paramref name="write"/> or the rename fails, the temporary file is deleted and the path is left as it was.</remarks>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = Path.GetFullPath(path);

        // A rename is atomic only within one file system, hence the same directory; the name does not contain the target's,
        // which may already be as long as the file system allows.
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".unroll-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);

                // Without this the rename may reach the disk before the data does.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure being reported is the one of the write.
        }
    }
}
