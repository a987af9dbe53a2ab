using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>Generated files that were written below a project are not compiled a second time, whichever build wrote them.</summary>
public sealed class EmittedFilesTests(PackageFeed feed)
{
    private const string Emit = "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><CompilerGeneratedFilesOutputPath>";

    [Fact]
    public void AFolderForEachConfigurationOrOneLeftBehindBuilds()
    {
        using Workspace workspace = feed.NewWorkspace();
        var consumer = new Consumer("Emitting") { Properties = Emit + "Generated/$(Configuration)/$(TargetFramework)</CompilerGeneratedFilesOutputPath>" };
        consumer.WriteTo(workspace, feed.Version);

        workspace.Dotnet("build", consumer.Name, "-c", "Debug").RequireSuccess();
        workspace.Dotnet("build", consumer.Name, "-c", "Release").RequireSuccess();
        Assert.Equal((3, 6), (FilesIn(workspace["Emitting/Generated/Debug"]), FilesIn(workspace["Emitting/Generated/Release"])));

        (consumer with { Properties = "" }).WriteTo(workspace, feed.Version);
        workspace.Dotnet("build", consumer.Name, "-c", "Release").RequireSuccess();
    }

    private static int FilesIn(string folder) => Directory.GetFiles(folder, "*.g.cs", SearchOption.AllDirectories).Length;
}
