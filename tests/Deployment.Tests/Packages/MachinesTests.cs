using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary><c>UnrollMachines</c> holds while developing; what is published has the kernels of all machines.</summary>
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

    [Fact]
    public void ANameThatIsNoMachinesIsAnError()
    {
        using Workspace workspace = feed.NewWorkspace();
        new Consumer("Quick") { Properties = "<UnrollMachines>Vector256;AVX9</UnrollMachines>" }.WriteTo(workspace, feed.Version);

        CommandResult build = workspace.Dotnet("build", "Quick");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error UNR1003: UnrollMachines must name some of Vector512, Vector256, Neon and Vector128, but has AVX9.", build.Output, StringComparison.Ordinal);
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
