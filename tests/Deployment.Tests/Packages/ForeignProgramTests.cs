using System.Text.RegularExpressions;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>What docs/scripts.md says can be done from other languages and from scripts: the programs on that page, run.</summary>
public sealed class ForeignProgramTests(PackageFeed feed)
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scripts.md"));

    [Theory]
    [InlineData("fs", "fsharp")]
    [InlineData("vb", "vb")]
    public void AProgramTrainsANetworkOfALibraryInCSharp(string extension, string language)
    {
        using Workspace workspace = feed.NewWorkspace();
        WriteLibrary(workspace);
        workspace.Write($"Program/Program.{extension}proj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <RootNamespace></RootNamespace>
              </PropertyGroup>
              <ItemGroup>
                {(extension == "fs" ? """<Compile Include="Program.fs" />""" : "")}
                <ProjectReference Include="../Networks/Networks.csproj" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write($"Program/Program.{extension}", Example(language, "program"));

        CommandResult run = workspace.Dotnet("run", "--project", "Program").RequireSuccess();
        Assert.Empty(run.Warnings);
        Assert.Equal("0 1 1 0", run.Lines.Last(static line => line.Length > 0));
    }

    [Fact]
    public void AScriptOfFSharpTrainsANetworkOfALibraryInCSharp()
    {
        using Workspace workspace = feed.NewWorkspace();
        WriteLibrary(workspace);
        workspace.Dotnet("build", "Networks", "-c", "Release", "-o", "built").RequireSuccess();
        workspace.Write("script.fsx", Example("fsharp", "script"));

        Assert.Equal("0 1 1 0", workspace.Dotnet("fsi", "script.fsx").RequireSuccess().Lines.Last(static line => line.Length > 0));
    }

    [Fact]
    public void AProgramOfOneFileTrains()
    {
        using Workspace workspace = feed.NewWorkspace();
        workspace.Write("app.cs", Example("csharp", "file").Replace("Unroll@0.1.0", $"Unroll@{feed.Version}", StringComparison.Ordinal));

        CommandResult run = workspace.Dotnet("run", "-c", "Release", "app.cs").RequireSuccess();
        Assert.Empty(run.Warnings);
        Assert.Equal("0 1 1 0", run.Lines.Last(static line => line.Length > 0));
    }

    [Fact]
    public void ACellOfANotebookTrainsANetworkOfALibrary()
    {
        using Workspace workspace = feed.NewWorkspace();
        WriteLibrary(workspace);
        workspace.Dotnet("build", "Networks", "-c", "Release", "-o", "built").RequireSuccess();
        CommandResult installation = workspace.Dotnet(
            "tool", "install", "Microsoft.dotnet-interactive", "--version", "1.0.712001", "--tool-path", workspace["tools"]);
        Assert.SkipWhen(installation.ExitCode != 0, "Microsoft.dotnet-interactive cannot be installed: add a package source that carries it.");
        using var notebook = new Notebook(workspace["tools/dotnet-interactive"], workspace.Path);

        string cell = Example("csharp", "notebook").Replace("\"built/", $"\"{workspace.Path}/built/", StringComparison.Ordinal);
        Assert.Equal("0 1 1 0", notebook.Run(cell).Trim());
        Assert.Contains("CS1061", notebook.Run("[Network(2)] [Dense(1)] public partial class Net;\nnew Net().Predict([1f, 2f])"), StringComparison.Ordinal);
    }

    private void WriteLibrary(Workspace workspace)
    {
        workspace.Write("Networks/Networks.csproj", Example("xml", "library").Replace("\"0.1.0\"", $"\"{feed.Version}\"", StringComparison.Ordinal));
        workspace.Write("Networks/Parity.cs", Example("csharp", "library"));
    }

    // The block of code behind the comment with its name.
    private static string Example(string language, string name)
    {
        Match match = Regex.Match(s_page, $"<!-- {name} -->\n```{language}\n(.*?)```", RegexOptions.Singleline);
        Assert.True(match.Success, $"docs/scripts.md has no example {name} in {language}.");
        return match.Groups[1].Value;
    }
}
