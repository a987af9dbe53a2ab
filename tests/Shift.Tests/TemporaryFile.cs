namespace Unroll.Shift.Tests;

/// <summary>A path in a directory of its own that is deleted at the end.</summary>
internal sealed class TemporaryFile(string name) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("unroll-shift-");

    public string Path => System.IO.Path.Combine(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
