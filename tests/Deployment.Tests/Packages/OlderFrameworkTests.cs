using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>A framework that the packages do not support is refused when they are restored, not by errors in the user's code.</summary>
public sealed class OlderFrameworkTests(PackageFeed feed)
{
    [Theory]
    [InlineData("net8.0", "Unroll")]
    [InlineData("net9.0", "Unroll")]
    [InlineData("net9.0", "Unroll.Data")]
    public void TheRestoreNamesPackageAndFramework(string framework, string package)
    {
        using Workspace workspace = feed.NewWorkspace();
        new Consumer("Old") { TargetFramework = framework, Packages = [package] }.WriteTo(workspace, feed.Version);

        CommandResult build = workspace.Dotnet("build", "Old");

        string[] errors = [.. build.Lines.Where(static line => line.Contains(": error ", StringComparison.Ordinal)).Select(static line => line.Trim()).Distinct()];
        Assert.Contains(errors, line => line.Contains($"Package {package} {feed.Version} is not compatible with {framework}", StringComparison.Ordinal));
        Assert.All(errors, static line => Assert.Contains("error NU1202: ", line, StringComparison.Ordinal));
    }
}
