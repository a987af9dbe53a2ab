namespace Unroll.Generator.Tests.Emission;

/// <summary><c>UnrollMachines</c>: whose kernels are written.</summary>
public sealed class MachineChoiceTests
{
    private const string Network = "[Network(40)] [Dense(30, Activation.Relu)] [Dense(3, Activation.Softmax)] public sealed partial class Net;";

    private static readonly string[] s_all = ["Vector512", "Vector256", "Neon", "Vector128"];

    [Theory]
    [InlineData(null, "Vector512", "Vector256", "Neon", "Vector128")]
    [InlineData("", "Vector512", "Vector256", "Neon", "Vector128")]
    [InlineData("All", "Vector512", "Vector256", "Neon", "Vector128")]
    [InlineData("Neon,all", "Vector512", "Vector256", "Neon", "Vector128")]
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
        string schedule = Text(Run("Vector512,Vector256"), "Schedule");

        Assert.Contains("if (Vector512.IsHardwareAccelerated)", schedule, StringComparison.Ordinal);
        Assert.DoesNotContain("Vector256.IsHardwareAccelerated", schedule, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArmKernelStandsAloneWhereItsSiblingIsNotWritten()
    {
        string kernels = Text(Run("Neon"), "Neon");

        Assert.DoesNotContain("Vector128Kernels", kernels, StringComparison.Ordinal);
    }

    /// <summary>Of six channels 512 bits would compute ten of padding: the kernels of 256 bits are called, and written though their machine is not chosen.</summary>
    [Theory]
    [InlineData("Vector512")]
    [InlineData("Vector512,Vector256")]
    public void KernelsOfFewColumnsAreThoseOfHalfTheWidth(string machines)
    {
        GeneratorOutcome outcome = Run(
            machines, "[Network(9, 9, 1)] [Conv2D(6, 3, Activation.Tanh)] [MaxPooling2D(2)] [Conv2D(9, 2)] [Flatten] [Dense(4)] partial class Net;");

        Assert.Empty(outcome.FromCompiler);
        string wide = Text(outcome, "Vector512");
        string narrow = Text(outcome, "Vector256");
        foreach (string kernel in new[] { "Conv2d1Forward", "Conv2d1Activation", "MaxPooling2d1Forward", "Conv2d1KernelGradient", "Conv2d2InputGradient" })
        {
            Assert.Contains($"    Shop_NetCode_Vector256Kernels.{kernel}(", wide, StringComparison.Ordinal);
            Assert.Contains($"public static void {kernel}(", narrow, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Vector256Kernels.Conv2d2Forward(", wide, StringComparison.Ordinal);
        Assert.Equal(machines != "Vector512", narrow.Contains("void Conv2d2Forward(", StringComparison.Ordinal));
        Assert.Equal(machines != "Vector512", narrow.Contains("Kernels : Shop_NetCode_Kernels", StringComparison.Ordinal));
    }

    private static string Text(GeneratorOutcome outcome, string machine) =>
        outcome.Sources.Single(source => source.HintName == $"Shop.Net.{machine}.g.cs").SourceText.ToString();

    private static GeneratorOutcome Run(string? machines, string network = Network) => GeneratorHarness.Run(
        GeneratorHarness.Compilation(GeneratorHarness.InShop(network)),
        GeneratorHarness.Driver(new BuildProperty("UnrollMachines", machines)));
}
