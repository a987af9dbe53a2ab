using System.Diagnostics;
using System.Globalization;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.NativeAot;

/// <summary>
/// A user's program published with NativeAOT and no choice of instructions: told of it, and as fast as 128 bits are. A software fallback
/// would be tens of times slower.
/// </summary>
public sealed class SpeedTests(PackageFeed feed)
{
    private const int Rounds = 15;
    private const double SlowestRatio = 1.5;

    private static readonly string[] s_works = ["one prediction", "256 predictions", "a training epoch"];

    [Fact]
    public void TheDefaultIsOneWarningAndHasTheSpeedOf128Bits()
    {
        NativeCompiler.Require();
        using Workspace workspace = feed.NewWorkspace();
        CommandResult publication = Publish(workspace);
        Assert.Contains("UNR1001", Assert.Single(publication.Warnings), StringComparison.Ordinal);

        using Process native = Start(workspace, workspace["native/Speed"], []);
        using Process jit = Start(
            workspace, "dotnet", [workspace["Speed/bin/Release/net9.0/linux-x64/Speed.dll"]], new Dictionary<string, string> { ["DOTNET_EnableAVX2"] = "0" });
        Assert.Equal("128", native.StandardOutput.ReadLine());
        Assert.Equal("128", jit.StandardOutput.ReadLine());

        // In turns, and the best of each: what else the machine does only ever adds, and not to both alike.
        double[] nativeBest = Enumerable.Repeat(double.PositiveInfinity, s_works.Length).ToArray();
        double[] jitBest = [.. nativeBest];
        for (int round = 0; round < Rounds; round++)
        {
            KeepLeast(nativeBest, Measure(native));
            KeepLeast(jitBest, Measure(jit));
        }

        native.StandardInput.Close();
        jit.StandardInput.Close();

        for (int work = 0; work < s_works.Length; work++)
        {
            string times = string.Create(
                CultureInfo.InvariantCulture, $"{s_works[work]}: NativeAOT {nativeBest[work]:0.0} us, JIT at 128 bits {jitBest[work]:0.0} us");
            TestContext.Current.TestOutputHelper?.WriteLine(times);
            Assert.True(nativeBest[work] < SlowestRatio * jitBest[work], times);
        }
    }

    private static void KeepLeast(double[] best, double[] measured)
    {
        for (int i = 0; i < best.Length; i++)
        {
            best[i] = Math.Min(best[i], measured[i]);
        }
    }

    private CommandResult Publish(Workspace workspace)
    {
        workspace.Write("Speed/Speed.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net9.0</TargetFramework>
                <RollForward>Major</RollForward>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TieredCompilation>false</TieredCompilation>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Unroll" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("Speed/Program.cs", File.ReadAllText(Path.Combine(Repository.Root, "tests", "Deployment.Tests", "NativeAot", "Speed", "Program.cs")));
        return workspace.Dotnet("publish", "Speed", "-r", "linux-x64", "-o", workspace["native"]).RequireSuccess();
    }

    private static Process Start(Workspace workspace, string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Process.Start(CommandLine.StartInfo(program, arguments, workspace.Path, environment))!;

    private static double[] Measure(Process process)
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        return [.. process.StandardOutput.ReadLine()!.Split(' ').Select(static value => double.Parse(value, CultureInfo.InvariantCulture))];
    }
}
