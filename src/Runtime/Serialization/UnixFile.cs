using System.Runtime.InteropServices;

namespace Unroll.Serialization;

/// <summary>What the base class library does not offer of files: their kind and owner, and folders brought to disk.</summary>
internal static partial class UnixFile
{
    private const int CurrentDirectory = -100;
    private const uint KindAndOwner = 0x1 | 0x2 | 0x8 | 0x10;
    private const int OutOfSpace = 28;
    private const int InputOutputError = 5;

    /// <summary>Kind and owner of what a path names, links followed; null where there is nothing or the system does not tell.</summary>
    public static UnixFileStatus? StatusOf(string path)
    {
        // The structure is the same on every Linux; that of stat differs from machine to machine.
        if (!OperatingSystem.IsLinux() || StatX(CurrentDirectory, path, flags: 0, KindAndOwner, out StatusBuffer buffer) != 0)
        {
            return null;
        }

        return new UnixFileStatus((UnixFileKind)(buffer.Mode & 0xF000), buffer.User, buffer.Group);
    }

    /// <summary>Gives a file to a user and a group.</summary>
    /// <returns>null, or why not.</returns>
    public static string? TryChangeOwner(string path, uint user, uint group) =>
        ChangeOwner(path, user, group) == 0 ? null : Marshal.GetLastPInvokeErrorMessage();

    /// <summary>The path without links, <c>.</c> and <c>..</c>; null where it names nothing.</summary>
    public static string? RealPath(string path)
    {
        nint text = RealPath(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            Free(text);
        }
    }

    /// <summary>Brings the names in a folder to disk, as a rename there; nothing where the file system or the rights do not allow it.</summary>
    /// <exception cref="IOException">The disk failed or is full.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, flags: 0);
        if (handle < 0)
        {
            return;
        }

        try
        {
            if (Sync(handle) != 0 && Marshal.GetLastPInvokeError() is OutOfSpace or InputOutputError)
            {
                throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()} : '{folder}'");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out StatusBuffer buffer);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);

    /// <summary>The part of <c>struct statx</c> that is looked at.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatusBuffer
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
