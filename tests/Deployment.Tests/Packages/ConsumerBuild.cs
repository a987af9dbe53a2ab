using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>All consumers in one solution, built once in Release.</summary>
public sealed class ConsumerBuild : IDisposable
{
    public ConsumerBuild(PackageFeed feed)
    {
        Workspace = feed.NewWorkspace();
        foreach (Consumer consumer in Consumers.All)
        {
            Workspace.Write($"{consumer.Name}/{consumer.Name}.csproj", consumer.Project(feed.Version));
            Workspace.Write($"{consumer.Name}/Networks.cs", consumer.Network);
            if (consumer.IsProgram)
            {
                Workspace.Write($"{consumer.Name}/Program.cs", consumer.Program);
            }
        }

        Workspace.Write("Consumers.slnx", $"""
            <Solution>
              {string.Concat(Consumers.All.Select(static consumer => $"""<Project Path="{consumer.Name}/{consumer.Name}.csproj" />"""))}
            </Solution>
            """);

        // One that does not build must not hide the others: each test looks for its own.
        Build = Workspace.Dotnet("build", "Consumers.slnx", "-c", "Release");
    }

    internal CommandResult Build { get; }

    internal Workspace Workspace { get; }

    /// <summary>The folder of what was built of a consumer.</summary>
    internal string OutputOf(Consumer consumer) => Workspace[$"{consumer.Name}/bin/Release/{consumer.TargetFramework}"];

    internal CommandResult Run(Consumer consumer, IReadOnlyDictionary<string, string>? environment = null) =>
        CommandLine.Run("dotnet", [Path.Combine(OutputOf(consumer), consumer.Name + ".dll")], Workspace.Path, environment);

    public void Dispose() => Workspace.Dispose();
}
