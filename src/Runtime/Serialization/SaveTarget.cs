namespace Unroll.Serialization;

/// <summary>The file that a save to some path is to replace: links are followed, and what is no writable file is refused.</summary>
internal sealed class SaveTarget
{
    // As many as the kernel follows.
    private const int MostLinks = 40;

    private SaveTarget(string given, string file)
    {
        Given = given;
        File = file;
        Exists = System.IO.File.Exists(file);
        Status = UnixFile.StatusOf(file);
    }

    /// <summary>The path as the user wrote it, for messages.</summary>
    public string Given { get; }

    /// <summary>The full path of the file, which is no link.</summary>
    public string File { get; }

    public string Folder => Path.GetDirectoryName(File)!;

    public bool Exists { get; }

    /// <summary>Kind and owner of the file there is.</summary>
    public UnixFileStatus? Status { get; }

    /// <summary>Looks at what is there, and changes nothing.</summary>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="IOException">It names a directory, a device or a pipe, or its links go in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public static SaveTarget Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        if (Path.EndsInDirectorySeparator(full) || Directory.Exists(full))
        {
            throw Refused(path, "a directory");
        }

        var target = new SaveTarget(path, Followed(path, full));
        if (KindOf(target.Status?.Kind) is string kind)
        {
            throw Refused(path, kind);
        }

        if (target.Exists && IsReadOnly(target.File))
        {
            throw new UnauthorizedAccessException($"{path} cannot be saved: the file is read-only.");
        }

        return target;
    }

    /// <summary>Compares what <see cref="Identify"/> returns, as the usual file system does.</summary>
    public static StringComparer Comparer => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The file a path leads to, without links where they can be followed: the same for all paths to it, be it there or not.</summary>
    public static string Identify(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            full = Followed(path, full);
        }
        catch (IOException)
        {
            // What writes it refuses such a path, and says why.
        }

        return Path.GetDirectoryName(full) is string folder ? Path.Join(RealFolder(folder), Path.GetFileName(full)) : full;
    }

    // A rename does not ask for the right to write the file it replaces, and root has it always.
    private static bool IsReadOnly(string file) => OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess
        ? (System.IO.File.GetAttributes(file) & FileAttributes.ReadOnly) != 0
        : (System.IO.File.GetUnixFileMode(file) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    private static string? KindOf(UnixFileKind? kind) => kind switch
    {
        null or UnixFileKind.Regular => null,
        UnixFileKind.Directory => "a directory",
        UnixFileKind.Pipe => "a pipe",
        UnixFileKind.Socket => "a socket",
        _ => "a device",
    };

    private static IOException Refused(string path, string kind) => new($"{path} cannot be saved: it names {kind}, not a file.");

    private static string Followed(string given, string path)
    {
        // /dev/stdout is a link to what is no path at all: its kind tells more than where it leads.
        if (KindOf(UnixFile.StatusOf(path)?.Kind) is string kind)
        {
            throw Refused(given, kind);
        }

        for (int links = 0; new FileInfo(path).LinkTarget is string next; links++)
        {
            if (links == MostLinks)
            {
                throw new IOException($"{given} cannot be saved: its symbolic links go in a circle.");
            }

            // What a link says counts from the folder that really holds it.
            string folder = RealFolder(Path.GetDirectoryName(path)!);
            string joined = Path.Join(folder, next);
            path = Path.IsPathRooted(next) ? next : joined;
            path = Path.Join(RealFolder(Path.GetDirectoryName(path)!), Path.GetFileName(path));
        }

        return path;
    }

    private static string RealFolder(string folder) =>
        OperatingSystem.IsWindows() ? Path.GetFullPath(folder) : UnixFile.RealPath(folder) ?? Path.GetFullPath(folder);
}
