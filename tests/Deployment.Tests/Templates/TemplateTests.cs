using System.Globalization;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Templates;

/// <summary>A new project of each template builds without a warning, runs at once, and learns.</summary>
public sealed class TemplateTests(PackageFeed feed)
{
    [Fact]
    public void NewProjectsRun()
    {
        using Workspace workspace = feed.NewWorkspace();

        // Templates are installed for a user: a home of its own keeps them out of this one's.
        var home = new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = workspace["home"] };
        workspace.Dotnet(home, "new", "install", Path.Combine(feed.Folder, $"Unroll.Templates.{feed.Version}.nupkg")).RequireSuccess();
        workspace.Dotnet(home, "new", "unroll-classifier", "-o", "My-Spirals").RequireSuccess();
        workspace.Dotnet(home, "new", "unroll-regression", "-o", "Waves").RequireSuccess();
        workspace.Write("New.slnx", """<Solution><Project Path="My-Spirals/My-Spirals.csproj" /><Project Path="Waves/Waves.csproj" /></Solution>""");

        CommandResult build = workspace.Dotnet("build", "New.slnx", "-c", "Release").RequireSuccess();
        Assert.Contains("    0 Warning(s)", build.Lines);

        string classifier = Run(workspace, "My-Spirals");
        Assert.True(NumberAfter("other points: ", classifier) > 0.9, classifier);
        string regression = Run(workspace, "Waves");
        Assert.True(NumberAfter("other measurements: ", regression) > 0.9, regression);
    }

    private static string Run(Workspace workspace, string project) =>
        CommandLine.Run(
            "dotnet",
            [workspace[$"{project}/bin/Release/net10.0/{project}.dll"]],
            workspace.Path,
            new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" }).RequireSuccess().Output;

    private static double NumberAfter(string label, string output)
    {
        string line = output.Split('\n').Single(line => line.Contains(label, StringComparison.Ordinal));
        return double.Parse(line.Split(label)[1], CultureInfo.InvariantCulture);
    }
}
