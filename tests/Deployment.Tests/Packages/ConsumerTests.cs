using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>Projects that reference only the package build without a warning and do what a user expects of them.</summary>
[Collection(ConsumerCollection.Name)]
public sealed class ConsumerTests(ConsumerBuild build)
{
    public static TheoryData<string> Names => [.. Consumers.All.Select(static consumer => consumer.Name)];

    public static TheoryData<string> Programs => [.. Consumers.All.Where(static consumer => consumer.IsProgram).Select(static consumer => consumer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void BuildsWithoutAWarning(string name)
    {
        IEnumerable<string> complaints = build.Build.Lines.Where(line =>
            (line.Contains("warning", StringComparison.Ordinal) || line.Contains("error", StringComparison.Ordinal))
            && line.Contains($"{name}.csproj", StringComparison.Ordinal));

        Assert.Empty(complaints);
        Assert.True(File.Exists(Path.Combine(build.OutputOf(Consumers.Named(name)), $"{name}.dll")), build.Build.Output);
    }

    [Fact]
    public void NothingElseIsWarnedOf() => Assert.Contains("    0 Warning(s)", build.Build.Lines);

    [Theory]
    [MemberData(nameof(Programs))]
    public void TrainsSavesAndLoads(string name)
    {
        Consumer consumer = Consumers.Named(name);
        CommandResult run = build.Run(consumer).RequireSuccess();

        string[] lines = [.. run.Lines.Where(static line => line.Length > 0)];
        Assert.Equal(consumer.Classes.Length, lines.Length);
        Assert.All(lines, static line => Assert.StartsWith("2-1, 33 parameters: accuracy 1, reloaded True,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void NoOtherAssemblyReachesTheConsumer() => Assert.Equal(
        ["Plain.dll", "Unroll.dll"],
        Directory.GetFiles(build.OutputOf(Consumers.Named("Plain")), "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void GeneratedFilesCanBeRead()
    {
        string folder = build.Workspace["Inspecting/Generated"];
        string[] files = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

        Assert.Equal(
            ["Shop.Gate.Neon.g.cs", "Shop.Gate.Schedule.g.cs", "Shop.Gate.Vector128.g.cs", "Shop.Gate.Vector256.g.cs", "Shop.Gate.Vector512.g.cs", "Shop.Gate.g.cs"],
            files);

        // The first build wrote them; the next finds them in the project's folder.
        CommandResult again = build.Workspace.Dotnet("build", "Inspecting", "-c", "Release", "--no-restore").RequireSuccess();
        Assert.Empty(again.Warnings);
    }

    [Fact]
    public void TheDocumentationOfAPublicNetworkTellsItsShapes()
    {
        string text = File.ReadAllText(Path.Combine(build.OutputOf(Consumers.Named("StrictLibrary")), "StrictLibrary.xml"));

        Assert.Contains("The number of values in one sample: 2.", text, StringComparison.Ordinal);
        Assert.Contains("2 → 8 → 1, 33 parameters", text, StringComparison.Ordinal);
    }
}
