using Microsoft.CodeAnalysis;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Networks that are built without optimization say so, once, where they are trained.</summary>
public sealed class DebugBuildTests
{
    private const string Source = "[Network(2)] [Dense(1)] public sealed partial class Net;";

    [Fact]
    public void ADebugBuildIsOneWarningInAProcess()
    {
        var library = new NetworkLibrary(Source, OptimizationLevel.Debug);
        string warning = Assert.Single(WarningsOf(library.CreateUnforced("Net"), library.CreateUnforced("Net")));

        Assert.Equal(
            "Consumer is built without optimization (Debug), and its networks train many times slower so. "
            + "Build it in Release (dotnet run -c Release), or set <Optimize>true</Optimize> in its project.",
            warning);
    }

    [Fact]
    public void AReleaseBuildSaysNothing() => Assert.Empty(WarningsOf(new NetworkLibrary(Source).CreateUnforced("Net")));

    private static List<string> WarningsOf(params Model[] models)
    {
        var warnings = new List<string>();
        foreach (Model model in models)
        {
            model.Warning += (_, warning) => warnings.Add(warning.Message);
            model.Compile(new SGD(), new MeanSquaredError());
            model.Fit(new Dataset([1f, 2f], [3f], 1), epochs: 2);
        }

        return warnings;
    }
}
