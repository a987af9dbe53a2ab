using System.Globalization;
using System.Runtime.InteropServices;
using Unroll.Deployment.Tests.Arm;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>The runtime's machine code in the package: it is what runs, and however a program is published, it does what it should.</summary>
public sealed class CompiledAheadTests(PackageFeed feed)
{
    // They are some 60, most of them the network's, and ten times as many where the runtime has no machine code.
    private const int MostMethods = 100;

    private const string Expected = "2-1, 33 parameters: accuracy 1, reloaded True,";

    private const string FirstUse = """
        using System.Runtime;
        using Unroll;

        long before = JitInfo.GetCompiledMethodCount();
        var model = new Shop.Gate(seed: 1);
        _ = model.Predict([0f, 1f]);
        _ = model.Predict([0f, 0f, 0f, 1f]);
        model.Compile(new Adam(), new MeanSquaredError());
        model.Fit(new Dataset(new float[] { 0f, 1f, 1f, 1f }, new float[] { 1f, 0f }, 2), epochs: 1);
        Console.WriteLine(JitInfo.GetCompiledMethodCount() - before);
        Console.WriteLine(typeof(Model).Assembly.Location);
        """;

    [Fact]
    public void LittleOfAFirstTrainingIsLeftToTheJitCompiler()
    {
        RequireX64();
        using Workspace workspace = NewProject();
        workspace.Write("App/Program.cs", FirstUse);
        workspace.Dotnet("build", "App", "-c", "Release").RequireSuccess();

        string[] lines = [.. Run(workspace, "dotnet", workspace["App/bin/Release/net10.0/App.dll"]).Lines];

        Assert.InRange(int.Parse(lines[0], CultureInfo.InvariantCulture), 1, MostMethods);
        Assert.EndsWith("App/bin/Release/net10.0/runtimes/linux-x64/lib/net10.0/Unroll.dll", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublishSingleFile")]
    [InlineData("PublishReadyToRun")]
    [InlineData("PublishTrimmed", "--self-contained")]
    [InlineData("PublishAot", "-p:UnrollInstructionSet=x86-64-v3")]
    public void APublishedProgramTrainsSavesAndLoads(string property, params string[] arguments)
    {
        RequireX64();
        NativeCompiler.Require();
        using Workspace workspace = NewProject();
        CommandResult publication = workspace.Dotnet(
            ["publish", "App", "-c", "Release", "-r", "linux-x64", $"-p:{property}=true", "-o", "published", .. arguments]).RequireSuccess();

        Assert.Empty(publication.Warnings);
        Assert.StartsWith(Expected, Run(workspace, workspace["published/App"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AProgramForArmTrainsSavesAndLoads()
    {
        ArmToolchain.Require();
        using Workspace workspace = NewProject();
        workspace.Dotnet("publish", "App", "-c", "Release", "-r", "linux-arm64", "--self-contained", "-p:InvariantGlobalization=true", "-o", "published")
            .RequireSuccess();

        Assert.StartsWith(Expected, ArmToolchain.RunWithLibraries(workspace, workspace["published/App"]).RequireSuccess().Output, StringComparison.Ordinal);
    }

    private static void RequireX64() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "This test is written for linux-x64.");

    private static CommandResult Run(Workspace workspace, string program, params string[] arguments) =>
        CommandLine.Run(program, arguments, workspace.Path).RequireSuccess();

    private Workspace NewProject()
    {
        Workspace workspace = feed.NewWorkspace();
        new Consumer("App") { Properties = "<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>" }.WriteTo(workspace, feed.Version);
        return workspace;
    }
}
