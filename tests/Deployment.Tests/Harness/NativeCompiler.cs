using System.Text.Json;

namespace Unroll.Deployment.Tests.Harness;

/// <summary>The NativeAOT compiler, as NuGet restores it for the sample that is published with it.</summary>
internal static class NativeCompiler
{
    /// <summary>The package of the compiler's program.</summary>
    public const string CompilerPackage = $"runtime.{Runtime}.Microsoft.DotNet.ILCompiler";

    private const string Runtime = "linux-x64";
    private const string FrameworkPackage = $"Microsoft.NETCore.App.Runtime.NativeAOT.{Runtime}";

    private static readonly Lazy<CommandResult> s_restore = new(static () => CommandLine.Dotnet(
        Repository.Root, "restore", "samples/Edge", "-r", Runtime, "--artifacts-path", Repository.Artifacts));

    /// <summary>Skips the test where programs cannot be published with NativeAOT.</summary>
    public static void Require()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64,
            $"This test is written for {Runtime}.");
        Assert.SkipUnless(Programs.Find("clang") is not null || Programs.Find("gcc") is not null, "NativeAOT links with clang or gcc: install one of them.");
        Assert.SkipWhen(
            s_restore.Value.ExitCode != 0 && s_restore.Value.Output.Contains("ILCompiler", StringComparison.Ordinal),
            $"The package {CompilerPackage} cannot be restored: add a package source that carries it.");
        s_restore.Value.RequireSuccess();
    }

    /// <summary>The assemblies of the framework that the compiler compiles against.</summary>
    public static string[] Framework()
    {
        string runtime = Path.Combine(FolderOf(FrameworkPackage), "runtimes", Runtime);
        return [.. Directory.GetFiles(Path.Combine(runtime, "lib", "net10.0"), "*.dll"), .. Directory.GetFiles(Path.Combine(runtime, "native"), "System.Private.*.dll")];
    }

    /// <summary>The folder of a package that the restore downloaded.</summary>
    public static string FolderOf(string package)
    {
        s_restore.Value.RequireSuccess();
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Artifacts, "obj", "Edge", "project.assets.json")));
        string version = assets.RootElement.GetProperty("project").GetProperty("frameworks").GetProperty("net10.0").GetProperty("downloadDependencies")
            .EnumerateArray()
            .First(dependency => string.Equals(dependency.GetProperty("name").GetString(), package, StringComparison.OrdinalIgnoreCase))
            .GetProperty("version").GetString()!.TrimStart('[').Split(',')[0];
        return assets.RootElement.GetProperty("packageFolders").EnumerateObject()
            .Select(folder => Path.Combine(folder.Name, package.ToLowerInvariant(), version))
            .First(Directory.Exists);
    }
}
