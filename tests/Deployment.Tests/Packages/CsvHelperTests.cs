using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>A program that reads tables by CsvHelper, whose versions 33 and 34 have different APIs, may use Unroll.Data beside either.</summary>
public sealed class CsvHelperTests(PackageFeed feed)
{
    private const string By33 = """
        using var reader = new CsvHelper.CsvReader(new StringReader("A\n7\n"), System.Globalization.CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        reader.Read();
        Console.WriteLine(reader.GetField<int>("A"));
        """;

    private const string By34 = """
        using var reader = CsvHelper.CsvReader.Create(new StringReader("A\n7\n"), new CsvHelper.CsvReaderOptions { HasHeader = false });
        reader.Read();
        reader.Read();
        Console.WriteLine(reader.Current.ToArray()[0]);
        """;

    [Theory]
    [InlineData("33.0.1", By33), InlineData("34.0.0", By34)]
    public void BuildsAndRunsBesideEitherVersion(string version, string read)
    {
        using Workspace workspace = feed.NewWorkspace();
        workspace.Write("Reader/Reader.csproj", Project("Library", $"""<PackageReference Include="CsvHelper" Version="{version}" />"""));
        workspace.Write("Reader/Reader.cs", $"public static class Reader\n{{\n    public static void Run()\n    {{\n{read}\n    }}\n}}\n");
        workspace.Write("App/App.csproj", Project("Exe", $"""
            <PackageReference Include="Unroll.Data" Version="{feed.Version}" />
            <ProjectReference Include="../Reader/Reader.csproj" />
            """));
        workspace.Write("App/Program.cs", """
            Console.WriteLine(Unroll.Data.Csv.Load(new StringReader("a,y\n1,2\n3,4\n")).RowCount);
            Reader.Run();
            """);

        CommandResult build = workspace.Dotnet("build", "App", "-c", "Release").RequireSuccess();
        CommandResult run = CommandLine.Run("dotnet", [workspace["App/bin/Release/net10.0/App.dll"]], workspace.Path).RequireSuccess();

        Assert.Contains("    0 Warning(s)", build.Lines);
        Assert.Equal(["2", "7"], run.Lines.Where(static line => line.Length > 0));
    }

    private static string Project(string kind, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>{kind}</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;
}
