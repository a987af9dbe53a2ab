using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>A network larger than its author allows breaks the build at the limit it exceeds.</summary>
public class BudgetTests
{
    private const string Digits = "[Flatten] [Dense(128, Activation.Relu)] [Dropout(0.2f)] [Dense(10, Activation.Softmax)] partial class Net;";

    [Theory]
    [InlineData("MaxParameters = 100_000", "100,000 parameters, but has 101,770, 1,770 too many; layer dense1 (input 784) costs most: 100,480")]
    [InlineData("MaxMultiplyAdds = 1", "1 multiply-adds a sample, but has 101,632, 101,631 too many; layer dense1 (input 784) costs most: 100,352")]
    [InlineData("MaxBytes = 410_175", "410,175 bytes of parameters, but has 410,176, 1 too many; layer dense1 (input 784) costs most: 401,920")]
    public void OverBudget(string limit, string message) => Report.Is(
        "UNR0047", $"Network Net must have at most {message}", $"[Network(28, 28)] [Budget(⟦{limit}⟧)] {Digits}");

    /// <summary>Values, not the lanes that gates are padded to.</summary>
    [Fact]
    public void GatesCountTheirValues() => Report.Is(
        "UNR0047",
        "Network Net must have at most 88 parameters, but has 89, 1 too many; layer gru1 (input 4 × 4) costs most: 81",
        "[Network(4, 4)] [Budget(⟦MaxParameters = 88⟧)] [GRU(3)] [Dense(2)] partial class Net;");

    [Fact]
    public void ALayerInsideAResidualConnectionIsNamed() => Report.Is(
        "UNR0047",
        "Network Net must have at most 100 parameters, but has 179, 79 too many; layer body1/dense1 (input 4) costs most: 80",
        "[Network(4)] [Budget(⟦MaxParameters = 100⟧)] [Residual<Body>] [Dense(3)] [BatchNormalization] [Dense(1)] partial class Net; [Block] [Dense(16)] [Dense(4)] class Body;");

    [Fact]
    public void ABudgetMayStandOnAnotherDeclaration() => Report.Is(
        "UNR0047",
        "Network Net must have at most 5 parameters, but has 8, 3 too many; layer dense1 (input 3) costs most: 8",
        "[Network(3)] [Dense(2)] partial class Net; [Budget(MaxBytes = 1000, ⟦MaxParameters = 5⟧)] partial class Net;");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-3", "-3")]
    [InlineData("long.MinValue", "-9223372036854775808")]
    public void BudgetOutOfRange(string limit, string received) => Report.Is(
        "UNR0048",
        $"Network Net: MaxBytes of its budget must be at least 1, but is {received}",
        $"[Network(2)] [Budget(⟦MaxBytes = {limit}⟧)] [Dense(1)] partial class Net;");

    [Fact]
    public void UnreadableLimit() => Report.Is(
        "UNR0023",
        "Network Net: the arguments must be constants that fit the attribute, but it reads [Budget(MaxBytes = Missing)]",
        "[Network(2)] [Budget(⟦MaxBytes = Missing⟧)] [Dense(1)] partial class Net;",
        "CS0103");

    /// <summary>The counts are those of the generated code: at them the network passes, one below it does not.</summary>
    [Theory]
    [InlineData("[Network(28, 28)]", "[Flatten] [Dense(17)] [Dense(3)]")]
    [InlineData("[Network(5, 4)]", "[Dense(7)] [BatchNormalization] [LayerNormalization] [PRelu] [Residual<Body>] [Flatten] [Dense(3, UseBias = false)]")]
    public void ABudgetOfExactlyTheCostPasses(string network, string layers)
    {
        const string Body = "[Block] [Dense(9)] [Dense(7)] class Body;";
        string Source(string budget) => GeneratorHarness.InShop($"{network} {budget} {layers} partial class Net; {Body}");
        string code = GeneratorHarness.Run(Source("")).Sources[0].SourceText.ToString();
        long parameters = Number(code, @"ParameterCount = (\d+)");
        long bytes = Number(code, @"ParameterFloats = (\d+)") * sizeof(float);
        long multiplyAdds = Number(code, @"// total.* ([\d,]+)\n");

        Assert.Empty(Reported(parameters, multiplyAdds, bytes));
        Assert.Equal(3, Reported(parameters - 1, multiplyAdds - 1, bytes - 1).Count());

        IEnumerable<string> Reported(long parameters, long multiplyAdds, long bytes) => GeneratorHarness
            .Run(Source($"[Budget(MaxParameters = {parameters}, MaxMultiplyAdds = {multiplyAdds}, MaxBytes = {bytes})]"))
            .Reported.Select(static diagnostic => diagnostic.Id);
    }

    private static long Number(string code, string pattern) =>
        long.Parse(Regex.Match(code, pattern).Groups[1].Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
