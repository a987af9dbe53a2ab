using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>A network in a language that the generator does not read is an error of the build; using one of C# from there is not.</summary>
public sealed class LanguageTests(PackageFeed feed)
{
    [Theory]
    [InlineData("fs", "module Program\nopen Unroll\n\n[<Network(4); Dense(8, Activation.Relu); Dense(1)>]\ntype Net() = class end\n")]
    [InlineData("fs", "module Program\nopen Unroll\n\n[<Sealed;\n  NetworkAttribute(4)>]\ntype Net() = class end\n")]
    [InlineData("fs", "module Program\nopen Unroll\n\ntype [<Block; Dense(3)>] Body() = class end\n")]
    [InlineData("vb", "Imports Unroll\n\n<Network(4), Dense(1)>\nPartial Public Class Net\nEnd Class\n")]
    public void ANetworkIsOneErrorThatNamesTheFile(string extension, string source)
    {
        CommandResult build = Build(extension, source);

        string error = Assert.Single(build.Lines.Where(static line => line.Contains(": error ", StringComparison.Ordinal)).Select(static line => line.Trim()).Distinct());
        Assert.Contains($"Program.{extension} : error UNR1002: A network must be declared in C#", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fs", "module Program\nopen Unroll\n// [<Network(4)>] belongs to C#.\nlet average (net : Model) (values : float32[]) = net.Predict(System.ReadOnlySpan values) |> Array.average\n")]
    [InlineData("vb", "Imports Unroll\n' <Network(4)> belongs to C#.\nPublic Module Program\n  Public Function Bits() As Integer\n    Return Model.VectorBits\n  End Function\nEnd Module\n")]
    public void UsingANetworkIsNoError(string extension, string source) => Assert.Empty(Build(extension, source).RequireSuccess().Warnings);

    private CommandResult Build(string extension, string source)
    {
        using Workspace workspace = feed.NewWorkspace();
        workspace.Write($"Foreign/Foreign.{extension}proj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                {(extension == "fs" ? """<Compile Include="Program.fs" />""" : "")}
                <PackageReference Include="Unroll" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write($"Foreign/Program.{extension}", source);
        return workspace.Dotnet("build", "Foreign");
    }
}
