using Unroll.Generator.Checks;
using Unroll.Generator.Layers;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Checks;

/// <summary>Which checks have a say about a network. What each finds is tested with the diagnostics.</summary>
public class NetworkCheckTests
{
    private const string OverBudget = "[Budget(MaxParameters = 1)]";

    [Fact]
    public void ANetworkWithoutFaultPasses()
    {
        CheckResult result = Check("[Dense(3)]");

        Assert.NotNull(result.Network);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void AdviceLetsItPass()
    {
        CheckResult result = Check("[Dense(3, Activation.Sigmoid)]");

        Assert.NotNull(result.Network);
        Assert.Equal(["UNR0029"], result.Problems.Select(static problem => problem.Id));
    }

    [Fact]
    public void AnErrorDoesNotAndComesBeforeAdvice() => AssertRefused(["UNR0047", "UNR0029"], Check($"{OverBudget} [Dense(3, Activation.Sigmoid)]"));

    [Fact]
    public void NoCheckFollowsAValueThatNothingUses() =>
        AssertRefused(["UNR0057"], Check($"{OverBudget} [Dense(3, Activation.Sigmoid)] [Output(\"a\")] [Dense(2)]"));

    [Fact]
    public void WithoutShapesThereIsNothingToCheck() => AssertRefused(["UNR0038"], Check($"{OverBudget} [Dense(3)] [Reshape(7)]"));

    private static void AssertRefused(IEnumerable<string> ids, CheckResult result)
    {
        Assert.Null(result.Network);
        Assert.Equal(ids, result.Problems.Select(static problem => problem.Id));
    }

    private static CheckResult Check(string layers)
    {
        NetworkModel model = ParsedModel.Faulty($"[Network(4)] {layers} public partial class Net;");
        return NetworkCheck.Run(model, ShapeInference.Run(model));
    }
}
