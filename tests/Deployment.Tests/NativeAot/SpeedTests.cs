using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.NativeAot;

/// <summary>
/// A user's program published with NativeAOT and no choice of instructions: told of it, and as fast as 128 bits are. A software fallback
/// would be tens of times slower.
/// </summary>
public sealed class SpeedTests(PackageFeed feed)
{
    private const int Turns = 300;
    private const int WarmUpTurns = 5;
    private const double SlowestRatio = 1.5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

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
            workspace, "dotnet", [workspace["Speed/bin/Release/net10.0/linux-x64/Speed.dll"]], new Dictionary<string, string> { ["DOTNET_EnableAVX2"] = "0" });
        Assert.Equal("128", native.StandardOutput.ReadLine());
        Assert.Equal("128", jit.StandardOutput.ReadLine());

        for (int work = 0; work < s_works.Length; work++)
        {
            (double nativeTime, double jitTime) = Compare(native, jit, work);
            string times = string.Create(
                CultureInfo.InvariantCulture, $"{s_works[work]}: NativeAOT {nativeTime:0.0} us, JIT at 128 bits {jitTime:0.0} us");
            TestContext.Current.TestOutputHelper?.WriteLine(times);
            Assert.True(nativeTime < SlowestRatio * jitTime, string.Create(CultureInfo.InvariantCulture, $"{times}, more than {SlowestRatio} times as much"));
        }

        native.StandardInput.Close();
        jit.StandardInput.Close();
    }

    // Short turns, so that both see the same of what else the machine does, over so long a time that some are undisturbed; of each the time that
    // a fifth of its turns keep.
    private static (double Native, double Jit) Compare(Process native, Process jit, int work)
    {
        double[] nativeTimes = new double[Turns];
        double[] jitTimes = new double[Turns];
        for (int turn = -WarmUpTurns; turn < Turns; turn++)
        {
            int kept = Math.Max(turn, 0);
            nativeTimes[kept] = Measure(native, work);
            jitTimes[kept] = Measure(jit, work);
            Thread.Sleep(s_pause);
        }

        Array.Sort(nativeTimes);
        Array.Sort(jitTimes);
        return (nativeTimes[Turns / 5], jitTimes[Turns / 5]);
    }

    private CommandResult Publish(Workspace workspace)
    {
        workspace.Write("Speed/Speed.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
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

    // Both on one processor, since another may have a busier neighbour for as long as the test runs.
    private static Process Start(Workspace workspace, string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Process process = Process.Start(CommandLine.StartInfo(program, arguments, workspace.Path, environment))!;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            process.ProcessorAffinity = (nint)BitOperations.RoundUpToPowerOf2(((nuint)self.ProcessorAffinity / 2) + 1);
        }

        return process;
    }

    private static double Measure(Process process, int work)
    {
        process.StandardInput.WriteLine(work.ToString(CultureInfo.InvariantCulture));
        process.StandardInput.Flush();
        return double.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }
}
