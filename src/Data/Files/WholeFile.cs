namespace Unroll.Data;

/// <summary>Writes a file so that its path names the old content or the new one, never a part of either.</summary>
internal static class WholeFile
{
    public static void Write(string path, Action<Stream> write)
    {
        // Through a link, its target is replaced, not the link.
        bool isLink = new FileInfo(path).LinkTarget is not null;
        string target = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(target);
        if (folder is null || Directory.Exists(target))
        {
            throw new UnauthorizedAccessException($"Expected the path of a file, but '{path}' is a folder.");
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot write '{path}': there is no folder '{folder}'.");
        }

        string temporary = Path.Combine(folder, $".unroll-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
