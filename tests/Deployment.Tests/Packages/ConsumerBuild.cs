using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>All consumers in one solution, built in Release when the first test asks for them.</summary>
public sealed class ConsumerBuild(PackageFeed feed) : IDisposable
{
    private Workspace? _workspace;
    private CommandResult? _build;

    /// <summary>What the build said. One consumer that does not build must not hide the others: each test looks for its own.</summary>
    internal CommandResult Build
    {
        get
        {
            _workspace ??= Write();
            return _build ??= _workspace.Dotnet("build", "Consumers.slnx", "-c", "Release");
        }
    }

    /// <summary>The folder of the solution, built.</summary>
    internal Workspace Workspace
    {
        get
        {
            _ = Build;
            return _workspace!;
        }
    }

    /// <summary>The folder of what was built of a consumer.</summary>
    internal string OutputOf(Consumer consumer) => Workspace[$"{consumer.Name}/bin/Release/{consumer.TargetFramework}"];

    internal CommandResult Run(Consumer consumer, IReadOnlyDictionary<string, string>? environment = null) =>
        CommandLine.Run("dotnet", [Path.Combine(OutputOf(consumer), consumer.Name + ".dll")], Workspace.Path, environment);

    public void Dispose() => _workspace?.Dispose();

    private Workspace Write()
    {
        Workspace workspace = feed.NewWorkspace();
        foreach (Consumer consumer in Consumers.All)
        {
            consumer.WriteTo(workspace, feed.Version);
        }

        workspace.Write("Consumers.slnx", $"""
            <Solution>
              {string.Concat(Consumers.All.Select(static consumer => $"""<Project Path="{consumer.Name}/{consumer.Name}.csproj" />"""))}
            </Solution>
            """);
        return workspace;
    }
}
