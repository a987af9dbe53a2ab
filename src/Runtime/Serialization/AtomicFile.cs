using System.Text;

namespace Unroll.Serialization;

/// <summary>Writes a file so that its path names the old content or the new one, never a part of either.</summary>
internal static class AtomicFile
{
    // Another save may take a temporary file for one left behind in the moment between its creation and its lock.
    private const int MostTries = 10;

    /// <summary>Calls <paramref name="write"/> on a temporary file beside the target, brings it to disk and renames it over the target.</summary>
    /// <remarks>
    /// A link is followed, and the file it leads to is replaced; mode and owner of that file stay. Temporary files that earlier processes left
    /// in the folder are removed. When something fails, the target is as it was.
    /// </remarks>
    /// <exception cref="IOException">The path names no file, or the file cannot be written; the message has the path as it was given.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, belongs to somebody else, or its folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        SaveTarget target = SaveTarget.Of(path);
        string temporary = "";
        try
        {
            using FileStream stream = Create(target, out temporary);
            LeftoverFiles.Remove(target.Folder, temporary);
            TakeOver(target, stream, temporary);
            write(stream);

            // Without this the rename may reach the disk before the data does.
            stream.Flush(flushToDisk: true);
            File.Move(temporary, target.File, overwrite: true);
        }
        catch (Exception exception)
        {
            Discard(temporary);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw Explained(exception, target, temporary);
            }

            throw;
        }

        try
        {
            UnixFile.SyncFolder(target.Folder);
        }
        catch (IOException exception)
        {
            throw new IOException($"{path} is saved, but may not outlast a power cut, for its folder could not be brought to disk: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a text, in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static FileStream Create(SaveTarget target, out string temporary)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete };
        if (target.Exists && !OperatingSystem.IsWindows())
        {
            // What others may read is decided before there is something to read.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (int tries = 1; ; tries++)
        {
            // A rename is atomic only within one file system, hence the same folder.
            temporary = LeftoverFiles.NewName(target.Folder);
            try
            {
                var stream = new FileStream(temporary, options);
                if (File.Exists(temporary) || tries == MostTries)
                {
                    return stream;
                }

                stream.Dispose();
            }
            catch (IOException exception) when (tries < MostTries && exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                // Whoever had locked the file may have deleted it since: what is there now says nothing.
            }
        }
    }

    /// <summary>Gives the temporary file the mode and the owner of the target.</summary>
    private static void TakeOver(SaveTarget target, FileStream stream, string temporary)
    {
        if (!target.Exists || OperatingSystem.IsWindows())
        {
            return;
        }

        if (target.Status is { } old && UnixFile.StatusOf(temporary) is { } made && (old.User, old.Group) != (made.User, made.Group)
            && UnixFile.TryChangeOwner(temporary, old.User, old.Group) is string reason)
        {
            throw new UnauthorizedAccessException(
                $"the file belongs to user {old.User} and group {old.Group}, and the new one cannot be given to them ({reason}); delete it first to own the new one");
        }

        // After the owner: a change of owner takes bits away.
        File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target.File));
    }

    private static Exception Explained(Exception exception, SaveTarget target, string temporary)
    {
        string reason = temporary.Length > 0 ? exception.Message.Replace(temporary, target.File, StringComparison.Ordinal) : exception.Message;
        string message = $"{target.Given} could not be saved, and is as it was: {reason}";
        return exception switch
        {
            UnauthorizedAccessException => new UnauthorizedAccessException(message, exception),
            DirectoryNotFoundException => new DirectoryNotFoundException(message, exception),
            _ => new IOException(message, exception) { HResult = exception.HResult },
        };
    }

    private static void Discard(string temporary)
    {
        try
        {
            if (temporary.Length > 0)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure being reported is the one of the write.
        }
    }
}
