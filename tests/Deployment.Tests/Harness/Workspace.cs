namespace Unroll.Deployment.Tests.Harness;

/// <summary>A folder outside the repository, so that none of its settings reach what is built there. It goes away with the test run.</summary>
public sealed class Workspace : IDisposable
{
    private readonly string? _packages;

    /// <param name="packages">Where restored packages go; without one, to the user's.</param>
    public Workspace(string? packages = null)
    {
        _packages = packages;
        Path = Directory.CreateTempSubdirectory("unroll-").FullName;
        File.Copy(System.IO.Path.Combine(Repository.Root, "global.json"), this["global.json"]);
    }

    public string Path { get; }

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Writes a text file, with the folders above it.</summary>
    public string Write(string file, string text)
    {
        string path = this[file];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs <c>dotnet</c> in this folder.</summary>
    internal CommandResult Dotnet(params string[] arguments) => Dotnet(new Dictionary<string, string>(), arguments);

    internal CommandResult Dotnet(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var variables = new Dictionary<string, string>(environment);
        if (_packages is not null)
        {
            variables["NUGET_PACKAGES"] = _packages;
        }

        return CommandLine.Run("dotnet", arguments, Path, variables);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
