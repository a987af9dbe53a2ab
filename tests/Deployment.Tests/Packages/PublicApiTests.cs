using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>What a library offers is what its <c>PublicAPI</c> files say: the build fails where a member is not listed or a listed one is not there.</summary>
public sealed class PublicApiTests(PackageFeed feed)
{
    private const string Member = "Unroll.Mpi.MpiCluster.Size.get -> ";

    [Fact]
    public void AMemberThatIsNotListedOrNotThereIsAnError()
    {
        _ = feed.Packing;
        using var workspace = new Workspace();
        string listed = File.ReadAllText(Path.Combine(Repository.Root, "src/Mpi/PublicAPI.Unshipped.txt"));
        Assert.Contains(Member + "int\n", listed, StringComparison.Ordinal);
        string other = workspace.Write("PublicAPI.Unshipped.txt", listed.Replace(Member + "int\n", Member + "long\n", StringComparison.Ordinal));
        string targets = workspace.Write("Other.targets", $"""
            <Project>
              <Target Name="ListOtherMembers" BeforeTargets="CoreCompile">
                <ItemGroup>
                  <AdditionalFiles Remove="PublicAPI.Unshipped.txt" />
                  <AdditionalFiles Include="{other}" />
                </ItemGroup>
              </Target>
            </Project>
            """);

        CommandResult build = CommandLine.Dotnet(
            Repository.Root, "build", "src/Mpi/Unroll.Mpi.csproj", "-c", "Release", "--artifacts-path", Repository.Artifacts,
            $"-p:CustomAfterMicrosoftCommonTargets={targets}", "-p:BuildProjectReferences=false");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains($"error RS0016: Symbol '{Member}int' is not part of the declared public API", build.Output, StringComparison.Ordinal);
        Assert.Contains($"error RS0017: Symbol '{Member}long' is part of the declared API, but", build.Output, StringComparison.Ordinal);
    }
}
