using System.Diagnostics;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

/// <summary>What a save does to links, modes and owners, and which paths it refuses.</summary>
public sealed class SaveTargetTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Target => _directory.File("weights.safetensors");

    public static bool IsUnix => !OperatingSystem.IsWindows();

    public static bool IsLinuxRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    [Fact(Skip = "Unix only", SkipUnless = nameof(IsUnix))]
    public void ALinkStaysAndItsTargetIsWritten()
    {
        string real = _directory.File("real");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(_directory.File("second"), "real");
        File.CreateSymbolicLink(Target, "second");

        Save(Target, "new");

        Assert.Equal("second", new FileInfo(Target).LinkTarget);
        Assert.Null(new FileInfo(real).LinkTarget);
        Assert.Equal("new", File.ReadAllText(real));
    }

    [Fact(Skip = "Unix only", SkipUnless = nameof(IsUnix))]
    public void ALinkToNothingYetMakesItsTarget()
    {
        Directory.CreateDirectory(_directory.File("models"));
        File.CreateSymbolicLink(Target, "models/new");

        Save(Target, "new");

        Assert.Equal("new", File.ReadAllText(_directory.File("models/new")));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
        Assert.Single(Directory.GetFiles(_directory.File("models")));
    }

    /// <summary>folder/link → ../real, where folder is itself a link to deep/down: the target is deep/real.</summary>
    [Fact(Skip = "Unix only", SkipUnless = nameof(IsUnix))]
    public void ALinkCountsFromTheFolderThatHoldsIt()
    {
        Directory.CreateDirectory(_directory.File("deep/down"));
        Directory.CreateSymbolicLink(_directory.File("folder"), "deep/down");
        File.CreateSymbolicLink(_directory.File("deep/down/link"), "../real");

        Save(_directory.File("folder/link"), "new");

        Assert.Equal("new", File.ReadAllText(_directory.File("deep/real")));
        Assert.False(File.Exists(_directory.File("real")));
    }

    [Fact(Skip = "Unix only", SkipUnless = nameof(IsUnix))]
    public void LinksInACircleAreRefused()
    {
        File.CreateSymbolicLink(Target, "other");
        File.CreateSymbolicLink(_directory.File("other"), "weights.safetensors");

        Assert.Contains("circle", Refused<IOException>(Target), StringComparison.Ordinal);
    }

    [Theory(Skip = "Unix only", SkipUnless = nameof(IsUnix))]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    public void TheModeStays(UnixFileMode mode)
    {
        File.WriteAllText(Target, "old");
#pragma warning disable CA1416 // The test is skipped on Windows.
        File.SetUnixFileMode(Target, mode);

        // What is written before the rename is no more public than what was there.
        AtomicFile.Write(Target, _ => Assert.Equal(mode, File.GetUnixFileMode(Directory.GetFiles(_directory.FullName, "*.tmp").Single())));

        Assert.Equal(mode, File.GetUnixFileMode(Target));
#pragma warning restore CA1416
    }

    [Fact(Skip = "Linux, as root", SkipUnless = nameof(IsLinuxRoot))]
    public void TheOwnerStays()
    {
        File.WriteAllText(Target, "old");
        Assert.Null(UnixFile.TryChangeOwner(Target, 4711, 4712));

        Save(Target, "new");

        Assert.Equal(new UnixFileStatus(UnixFileKind.Regular, 4711, 4712), UnixFile.StatusOf(Target));
    }

    [Fact]
    public void AReadOnlyFileIsRefused()
    {
        File.WriteAllText(Target, "old");
        File.SetAttributes(Target, FileAttributes.ReadOnly);

        Assert.Equal($"{Target} cannot be saved: the file is read-only.", Refused<UnauthorizedAccessException>(Target));

        File.SetAttributes(Target, FileAttributes.Normal);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void DirectoriesAreRefused()
    {
        Assert.Equal($"{_directory.FullName} cannot be saved: it names a directory, not a file.", Refused<IOException>(_directory.FullName));
        Assert.Contains("a directory", Refused<IOException>(_directory.File("new/")), StringComparison.Ordinal);
        Assert.StartsWith("/ cannot be saved", Refused<IOException>("/"), StringComparison.Ordinal);
        Assert.StartsWith(". cannot be saved", Refused<IOException>("."), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Save("", "new"));
    }

    [Theory(Skip = "Linux only", SkipUnless = nameof(IsLinux))]
    [InlineData("/dev/null", "a device")]
    [InlineData("/dev/full", "a device")]
    public void DevicesAreRefused(string path, string kind) => Assert.Equal($"{path} cannot be saved: it names {kind}, not a file.", Refused<IOException>(path));

    public static bool IsLinux => OperatingSystem.IsLinux();

    [Fact(Skip = "Linux only", SkipUnless = nameof(IsLinux))]
    public void PipesAreRefused()
    {
        using (Process make = Process.Start("mkfifo", [Target]))
        {
            make.WaitForExit();
        }

        Assert.Contains("a pipe", Refused<IOException>(Target), StringComparison.Ordinal);
        File.CreateSymbolicLink(_directory.File("link"), Target);
        Assert.Contains("a pipe", Refused<IOException>(_directory.File("link")), StringComparison.Ordinal);
    }

    /// <summary>As the system tells it: with the temporary file's name.</summary>
    [Fact]
    public void AFullDiskIsToldOfThePathGiven()
    {
        File.WriteAllText(Target, "old");
        string Temporary() => Directory.GetFiles(_directory.FullName, "*.tmp").Single();

        IOException exception = Assert.Throws<IOException>(
            () => AtomicFile.Write(Target, _ => throw new IOException($"No space left on device : '{Temporary()}'")));

        Assert.Equal($"{Target} could not be saved, and is as it was: No space left on device : '{Target}'", exception.Message);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_directory.FullName));
    }

    private static string Refused<T>(string path)
        where T : Exception => Assert.Throws<T>(() => Save(path, "new")).Message;

    private static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
