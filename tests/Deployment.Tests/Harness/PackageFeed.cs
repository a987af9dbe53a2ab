using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;

namespace Unroll.Deployment.Tests.Harness;

/// <summary>All packages of this clone, packed once a run into a folder that is a NuGet source.</summary>
/// <remarks>
/// Each run has a version of its own and a packages folder of its own: no package of an earlier run is taken for one of this, and none is
/// left in the user's. What else consumers need comes from the user's packages folder and sources.
/// </remarks>
public sealed class PackageFeed : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly Lazy<CommandResult> _packing;

    public PackageFeed()
    {
        _packing = new Lazy<CommandResult>(Pack);
    }

    /// <summary>Of every package of this run.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{Stopwatch.GetTimestamp()}");

    /// <summary>The source.</summary>
    public string Folder => _workspace["feed"];

    /// <summary>What packing said; the packages are there once it was asked for.</summary>
    internal CommandResult Packing => _packing.Value.RequireSuccess();

    internal ZipArchive Open(string package, string extension = "nupkg")
    {
        _ = Packing;
        return ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.{extension}"));
    }

    /// <summary>A folder in which packages are restored from the feed and the machine's sources.</summary>
    public Workspace NewWorkspace()
    {
        _ = Packing;
        var workspace = new Workspace(_workspace["packages"]);
        workspace.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="unroll-under-test" value="{Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                {UserFolder()}
              </fallbackPackageFolders>
            </configuration>
            """);
        return workspace;
    }

    public void Dispose() => _workspace.Dispose();

    private CommandResult Pack() => CommandLine.Dotnet(
        Repository.Root, "pack", "Packages.slnf", "--artifacts-path", Repository.Artifacts, "-o", Folder, $"-p:PackageVersion={Version}");

    // Not there on a machine that never restored a package.
    private static string UserFolder()
    {
        string folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder) ? $"""<add key="user" value="{folder}" />""" : "";
    }
}
