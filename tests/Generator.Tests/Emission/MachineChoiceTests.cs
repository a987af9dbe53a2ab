using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Emission;

/// <summary><c>UnrollMachines</c>: whose kernels are written.</summary>
public sealed class MachineChoiceTests
{
    private const string Network = "[Network(40)] [Dense(30, Activation.Relu)] [Dense(3, Activation.Softmax)] public sealed partial class Net;";

    private static readonly string[] s_all = ["Vector512", "Vector256", "Neon", "Vector128"];

    [Theory]
    [InlineData(null, "Vector512", "Vector256", "Neon", "Vector128")]
    [InlineData("", "Vector512", "Vector256", "Neon", "Vector128")]
    [InlineData("Vector256", "Vector256")]
    [InlineData("Neon", "Neon")]
    [InlineData("vector128, Vector512", "Vector512", "Vector128")]
    public void TheKernelsOfTheNamedMachinesAreWritten(string? property, params string[] expected)
    {
        GeneratorOutcome outcome = Run(property);

        Assert.Empty(outcome.FromCompiler);
        Assert.Equal(expected, s_all.Where(machine => outcome.Sources.Any(source => source.HintName == $"Shop.Net.{machine}.g.cs")));
    }

    [Fact]
    public void TheLastMachineNeedsNoCheck()
    {
        string schedule = Run("Vector512,Vector256").Sources.Single(static source => source.HintName == "Shop.Net.Schedule.g.cs").SourceText.ToString();

        Assert.Contains("if (Vector512.IsHardwareAccelerated)", schedule, StringComparison.Ordinal);
        Assert.DoesNotContain("Vector256.IsHardwareAccelerated", schedule, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArmKernelStandsAloneWhereItsSiblingIsNotWritten()
    {
        string kernels = Run("Neon").Sources.Single(static source => source.HintName == "Shop.Net.Neon.g.cs").SourceText.ToString();

        Assert.DoesNotContain("Vector128Kernels", kernels, StringComparison.Ordinal);
    }

    private static GeneratorOutcome Run(string? machines) => GeneratorHarness.Run(
        GeneratorHarness.Compilation(GeneratorHarness.InShop(Network)),
        GeneratorHarness.Driver(new BuildProperty("UnrollMachines", machines)));
}
