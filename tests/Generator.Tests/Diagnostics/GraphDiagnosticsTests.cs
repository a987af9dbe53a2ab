namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Names of inputs, outputs and values that cannot be meant: the message and the place.</summary>
public class GraphDiagnosticsTests
{
    private const string Body = " [Block] [Dense(6)] class Body;";

    [Theory]
    [InlineData("[Input(\"a\", 3)] [Input(⟦\"a\"⟧, 3)] [Add(\"a\", \"a\")]")]
    [InlineData("[Input(\"a\", 3)] [Input(⟦\"a\"⟧, 4)] [Dense(2)]")]
    public void TwoInputsOfOneName(string parts) => Report.Is(
        "UNR0020",
        "Input a: the name must differ from every other layer's and input's, but an input has it too",
        $"[Network] {parts} partial class Net;");

    [Fact]
    public void ANetworkBesideOneInErrorIsCompiled()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(
            "[Network] [Input(\"a\", 3)] [Input(\"a\", 3)] [Add(\"a\", \"a\")] partial class Net; [Network(3)] [Dense(2)] partial class Sound;"));

        Assert.Equal(["UNR0020"], outcome.Reported.Select(static diagnostic => diagnostic.Id));
        Assert.Contains(outcome.Sources, static source => source.HintName.Contains("Sound.Vector256", StringComparison.Ordinal));
    }

    [Fact]
    public void ALayerCalledAsAnInput() => Report.Is(
        "UNR0020",
        "Layer a (input 3): the name must differ from every other layer's and input's, but an input has it too",
        "[Network] [Input(\"a\", 3)] [Dense(3, ⟦Name = \"a\"⟧)] partial class Net;");

    [Theory]
    [InlineData("[Input(⟦\"a b\"⟧, 3)] [Dense(2)]", "Input input1")]
    [InlineData("[Input(\"a\", 3)] [Dense(2)] [Output(⟦\"\"⟧)]", "Output output1")]
    public void UnusableNames(string parts, string part) => Report.Is(
        "UNR0019",
        $"{part}: name must be made of letters, digits and underscores, but is {(part.StartsWith('I') ? "\"a b\"" : "\"\"")}",
        $"[Network] {parts} partial class Net;");

    [Fact]
    public void AnInputWithoutShape() => Report.Is(
        "UNR0014",
        "Network Net, input a: [Input] must give the shape of one sample, such as [Input(\"a\", 28, 28)], but gives none",
        "[Network] [⟦Input(\"a\")⟧] [Dense(2)] partial class Net;");

    [Theory]
    [InlineData("[Dense(3, Name = \"one\")] [Dense(3, ⟦From = \"onee\"⟧)]", "dense2 (input 3)", "From", "\"onee\" is none of input, one")]
    [InlineData("[Dense(3, Name = \"one\")] [Add(\"one\", ⟦\"tow\"⟧)]", "add1 (input 3)", "inputs", "\"tow\" is none of input, one")]
    [InlineData("[Use<Body>(Name = \"b\")] [Dense(3, ⟦From = \"b/dense\"⟧)]", "dense1 (input 6)", "From", "\"b/dense\" is none of input, b/dense1, b")]
    public void NamesThatStandForNothing(string layers, string layer, string argument, string received) => Report.Is(
        "UNR0052",
        $"Layer {layer}: {argument} must name a layer or an input above it, but {received}",
        $"[Network(3)] {layers} partial class Net;{Body}");

    [Fact]
    public void OfManyNamesTheFirstAreListed() => Report.Is(
        "UNR0052",
        "Layer dense15 (input 2): From must name a layer or an input above it, but \"x\" is none of input, dense1, dense2, dense3, dense4, dense5, dense6, dense7, "
        + "dense8, dense9, dense10, dense11 and 3 more",
        $"[Network(3)] {string.Concat(Enumerable.Repeat("[Dense(2)] ", 14))} [Dense(2, ⟦From = \"x\"⟧)] partial class Net;");

    [Fact]
    public void ASharedUseOfAnotherShapeIsReportedWhereItIsShared() => Report.Is(
        "UNR0083",
        "first/dense1/kernel must have one shape wherever it is shared, but has 4 × 6 and layer second/dense1 needs 5 × 6",
        "[Network] [Input(\"l\", 4)] [Input(\"r\", 5)] [Use<Body>(Name = \"first\", From = \"l\")] [Use<Body>(⟦Shared = \"first\"⟧, From = \"r\", Name = \"second\")] "
        + $"[Concatenate(\"first\", \"second\")] partial class Net;{Body}");
}
