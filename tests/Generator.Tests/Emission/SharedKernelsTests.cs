namespace Unroll.Generator.Tests.Emission;

/// <summary>Networks of one project have the kernels that are the same in the first of them alone.</summary>
public sealed class SharedKernelsTests
{
    private const string Layers = "[Dense(16, Activation.Relu, Name = \"first\")] [Dense(3, Activation.Softmax, Name = \"second\")]";

    [Fact]
    public void ASecondNetworkOfTheSameShapesCallsTheFirst()
    {
        GeneratorOutcome outcome = Run($"[Network(5)] {Layers} partial class A;", $"[Network(5)] {Layers.Replace("first", "other", StringComparison.Ordinal)} partial class B;");

        Assert.Empty(outcome.FromCompiler);
        string first = Text(outcome, "Shop.A.Vector256.g.cs");
        string second = Text(outcome, "Shop.B.Vector256.g.cs");
        Assert.DoesNotContain("Shop_B", first, StringComparison.Ordinal);
        Assert.Contains("    Shop_ACode_Vector256Kernels.FirstLanes(ref x, ref kernel, ref bias, ref y, groups);", second, StringComparison.Ordinal);
        Assert.DoesNotContain("MultiplyAdd", second, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyWhatIsTheSameIsShared()
    {
        GeneratorOutcome outcome = Run($"[Network(5)] {Layers} partial class A;", $"[Network(6)] {Layers} partial class B;");

        Assert.Empty(outcome.FromCompiler);
        string second = Text(outcome, "Shop.B.Vector256.g.cs");
        Assert.Contains("public static void FirstLanes(ref float x, ref float kernel, ref float bias, ref float y, nuint groups)\n    {", second, StringComparison.Ordinal);
        Assert.Contains("Shop_ACode_Vector256Kernels.SecondLanes(", second, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyNetworksOfTheSameShapesAreLittleMoreTextThanOne()
    {
        int one = Characters(1);
        Assert.InRange((Characters(21) - one) / 20.0, 1, 0.35 * one);
    }

    private static int Characters(int networks) => GeneratorHarness.Run(
        GeneratorHarness.Compilation([.. Enumerable.Range(0, networks).Select(static index => GeneratorHarness.InShop($"[Network(5)] {Layers} partial class Net{index};"))]),
        GeneratorHarness.Driver(GeneratorHarness.EveryMachine)).Sources.Sum(static source => source.SourceText.Length);

    private static GeneratorOutcome Run(params string[] networks) => GeneratorHarness.Run([.. networks.Select(GeneratorHarness.InShop)]);

    private static string Text(GeneratorOutcome outcome, string name) => outcome.Sources.Single(source => source.HintName == name).SourceText.ToString();
}
