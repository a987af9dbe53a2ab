namespace Unroll.Serialization;

/// <summary>Temporary files of saves: their names, and the removal of those that killed processes left behind.</summary>
/// <remarks>
/// A save keeps its temporary file open and locked until it is renamed. So whoever can lock the file of another knows that nobody writes
/// it any more.
/// </remarks>
internal static class LeftoverFiles
{
    private static readonly EnumerationOptions s_options = new()
    {
        MatchType = MatchType.Simple,
        MatchCasing = MatchCasing.CaseSensitive,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Directory,
    };

    /// <summary>A new name in a folder; it does not contain the target's, which may already be as long as the file system allows.</summary>
    public static string NewName(string folder) => Path.Combine(folder, $".unroll-{Path.GetRandomFileName()}.tmp");

    /// <summary>Deletes what nobody writes any more; what cannot be looked at or deleted stays.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="own">The caller's temporary file, open and locked.</param>
    public static void Remove(string folder, string own)
    {
        try
        {
            string[] others = [.. Directory.EnumerateFiles(folder, ".unroll-????????.???.tmp", s_options)
                .Where(file => file != own && UnixFile.StatusOf(file)?.Kind is null or UnixFileKind.Regular)];

            // Where locks are not kept, as on some network file systems, a file in use looks like one left behind.
            if (others.Length > 0 && !TryLock(own, FileOptions.None))
            {
                foreach (string file in others)
                {
                    _ = TryLock(file, FileOptions.DeleteOnClose);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // To tidy up is no condition of saving.
        }
    }

    private static bool TryLock(string file, FileOptions options)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
