namespace Unroll.Runtime.Tests.Serialization;

/// <summary>An empty directory of one test's own, deleted with all it holds.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("unroll-").FullName;

    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
