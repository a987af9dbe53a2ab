using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>A program of one file has PublishAot by default: run, it says nothing of it; published, it is warned.</summary>
public sealed class FileBasedProgramTests(PackageFeed feed)
{
    [Fact]
    public void IsWarnedOfNoChoiceWhereItIsPublishedAlone()
    {
        NativeCompiler.Require();
        using Workspace workspace = feed.NewWorkspace();
        workspace.Write("app.cs", $"""
            #:package Unroll@{feed.Version}
            using Unroll;
            Console.WriteLine(new Net(1).Predict([1, 2]).Length);
            [Network(2)] [Dense(3)] public sealed partial class Net;
            """);

        CommandResult build = workspace.Dotnet("build", "app.cs").RequireSuccess();
        Assert.Empty(build.Warnings);
        Assert.Equal("3", workspace.Dotnet("run", "app.cs").RequireSuccess().Output.Trim());

        CommandResult publication = workspace.Dotnet("publish", "app.cs").RequireSuccess();
        Assert.Contains("UNR1001", Assert.Single(publication.Warnings), StringComparison.Ordinal);
    }
}
