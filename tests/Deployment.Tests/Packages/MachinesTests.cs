using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>Debug builds have one machine's kernels, others those that <c>UnrollMachines</c> names, or all; what is published has all.</summary>
public sealed class MachinesTests(PackageFeed feed)
{
    private static readonly string[] s_all = ["Neon", "Vector128", "Vector256", "Vector512"];

    [Fact]
    public void TheKernelsOfTheNamedMachineAreBuiltAndAllArePublished()
    {
        using Workspace workspace = feed.NewWorkspace();
        new Consumer("Quick") { Properties = "<UnrollMachines>Vector256</UnrollMachines>" }.WriteTo(workspace, feed.Version);

        workspace.Dotnet("build", "Quick", "-c", "Release").RequireSuccess();
        Assert.Equal(["Vector256"], MachinesIn(workspace["Quick/bin/Release/net10.0/Quick.dll"]));
        CommandResult run = CommandLine.Run("dotnet", [workspace["Quick/bin/Release/net10.0/Quick.dll"]], workspace.Path).RequireSuccess();
        Assert.Contains("accuracy 1, reloaded True", run.Output, StringComparison.Ordinal);

        CommandResult asBuilt = workspace.Dotnet("publish", "Quick", "--no-build").RequireSuccess();
        Assert.Contains("warning UNR1004: UnrollMachines is Vector256", Assert.Single(asBuilt.Warnings), StringComparison.Ordinal);

        CommandResult published = workspace.Dotnet("publish", "Quick").RequireSuccess();
        Assert.Empty(published.Warnings);
        Assert.Equal(s_all, MachinesIn(workspace["Quick/bin/Release/net10.0/publish/Quick.dll"]));
    }

    /// <summary>A runtime identifier says where a program is to run, without building for it here.</summary>
    [Theory]
    [InlineData("", "linux-x64", "Vector256")]
    [InlineData("", "win-x86", "Vector256")]
    [InlineData("", "osx-arm64", "Neon")]
    [InlineData("", "browser-wasm", "Vector128")]
    [InlineData("-p:UnrollMachines=All", "linux-x64", "All")]
    [InlineData("-p:Configuration=Release", "linux-x64", "All")]
    [InlineData("-p:_IsPublishing=true", "linux-x64", "All")]
    [InlineData("-p:_IsPacking=true", "linux-x64", "All")]
    [InlineData("-p:GeneratePackageOnBuild=true", "linux-x64", "All")]
    public void TheMachinesOfABuildFollowFromItsConfigurationAndTarget(string argument, string runtime, string machines)
    {
        using Workspace workspace = feed.NewWorkspace();
        new Consumer("Quick").WriteTo(workspace, feed.Version);
        workspace.Dotnet("restore", "Quick").RequireSuccess();

        string[] arguments = ["msbuild", "Quick", "-getProperty:UnrollMachines", $"-p:RuntimeIdentifier={runtime}", .. argument.Length > 0 ? [argument] : Array.Empty<string>()];

        Assert.Equal(machines, workspace.Dotnet(arguments).RequireSuccess().Output.Trim());
    }

    [Fact]
    public void ADebugBuildHasOneMachinesKernels()
    {
        using Workspace workspace = feed.NewWorkspace();
        new Consumer("Quick").WriteTo(workspace, feed.Version);

        workspace.Dotnet("build", "Quick").RequireSuccess();

        Assert.Single(MachinesIn(workspace["Quick/bin/Debug/net10.0/Quick.dll"]));
    }

    [Fact]
    public void ANameThatIsNoMachinesIsAnError()
    {
        using Workspace workspace = feed.NewWorkspace();
        new Consumer("Quick") { Properties = "<UnrollMachines>Vector256;AVX9</UnrollMachines>" }.WriteTo(workspace, feed.Version);

        CommandResult build = workspace.Dotnet("build", "Quick");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error UNR1003: UnrollMachines must be All or name some of Vector512, Vector256, Neon and Vector128, but has AVX9.", build.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> MachinesIn(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeDefinitions
                .Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name))
                .SelectMany(static type => s_all.Where(machine => type.EndsWith($"_{machine}Kernels", StringComparison.Ordinal)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
