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

    /// <summary>The compiler warns of a null at most, and names that a part has unless it is given another are for layers.</summary>
    [Theory]
    [InlineData("[Network] [Input(⟦null!⟧, 3)] [Dense(2)]", "Input input1")]
    [InlineData("[Network(3)] [Dense(2)] [Output(⟦null!⟧)]", "Output output1")]
    [InlineData("[Network(3)] [Dense(2)] [Output(⟦name: null!⟧)]", "Output output1")]
    public void NamesThatAreNull(string parts, string part) => Report.Is(
        "UNR0019", $"{part}: name must be made of letters, digits and underscores, but is null", parts + " partial class Net;");

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

    [Theory]
    [InlineData("[Dense(3, Name = \"one\")] [Add(\"one\", ⟦null!⟧)]", "add1 (input 3)", "inputs", "input, one")]
    [InlineData("[Dense(3, Name = \"one\")] [Subtract(⟦null!⟧, \"one\", From = \"input\")]", "subtract1 (input 3)", "inputs", "input, one")]
    [InlineData("[Dense(3, Name = \"one\")] [Concatenate(new string[] { \"\", \"one\", ⟦null!⟧ })]", "concatenate1 (input 3)", "inputs", "input, one")]
    [InlineData("[RepeatVector(4)] [GRU(3, ⟦InitialState = [null!]⟧)]", "gru1 (input 4 × 3)", "InitialState", "input, repeat_vector1")]
    public void NullAmongNames(string layers, string layer, string argument, string names) => Report.Is(
        "UNR0052",
        $"Layer {layer}: {argument} must name a layer or an input above it, but null is none of {names}",
        $"[Network(3)] {layers} partial class Net;");

    [Theory]
    [InlineData("[Dense(3, Name = \"input\")] [Dense(3, Name = \"z\")] [Add(\"z\", ⟦\"input\"⟧)]", "add1", "inputs")]
    [InlineData("[Dense(3, Name = \"z\")] [Use<Body>(Name = \"input\")] [Dense(3, ⟦From = \"input\"⟧)]", "dense2", "From")]
    public void ANameThatTheInputAndALayerHave(string layers, string layer, string argument) => Report.Is(
        "UNR0052",
        $"Layer {layer} (input 3): {argument} must name a layer or an input above it, but \"input\" is the input and a layer; give the layer another name",
        $"[Network(3)] {layers} partial class Net; [Block] [Dense(3)] sealed class Body;");

    [Fact]
    public void ANameThatTheInputAndALayerOfABlockHave() => Report.Is(
        "UNR0052",
        "Layer b/add1 (input 3): inputs must name a layer or an input above it, but \"input\" is the input and a layer; give the layer another name",
        "[Network(3)] [Use<Inner>(Name = \"b\")] partial class Net; [Block] [Dense(3, Name = \"input\")] [Add(⟦\"input\"⟧, \"\")] sealed class Inner;");

    /// <summary>The input has its name without being declared, so that a layer may have it where nothing names either.</summary>
    [Theory]
    [InlineData("[Dense(3, Name = \"input\")] [Dense(2)]")]
    [InlineData("[Dense(3, From = \"input\")] [Dense(2, Name = \"input\")]")]
    [InlineData("[Use<Body>(Name = \"input\")] [Dense(6, Name = \"network_input\")] [Add(\"network_input\", \"input/dense1\")]")]
    public void ALayerThatIsCalledInput(string layers) =>
        Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(3)] {layers} partial class Net;{Body}")).Reported);

    /// <summary>As if they were left out.</summary>
    [Theory]
    [InlineData("[Dense(3, From = null, Name = null)] [Dense(2, From = \"\")]")]
    [InlineData("[Use<Body>(From = null, Name = null, Shared = null)] [Dense(2)]")]
    [InlineData("[RepeatVector(4)] [GRU(3, InitialState = null)]")]
    public void NullWhereNothingNeedsAName(string layers) =>
        Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(3)] {layers} partial class Net;{Body}")).Reported);

    [Fact]
    public void ANameWhereThereIsNone() => Report.Is(
        "UNR0052",
        "Layer dense1: From must name a layer or an input above it, but there is nothing above",
        "[Network] [Dense(3, ⟦From = \"x\"⟧)] [Input(\"a\", 4)] partial class Net;");

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

    [Theory]
    [InlineData("[Dense(3, ⟦From = \"later\"⟧)] [Dense(3, Name = \"later\")]", "dense1", "From", "later")]
    [InlineData("[Add(\"input\", ⟦\"later\"⟧)] [Dense(3, Name = \"later\")]", "add1", "inputs", "later")]
    public void ALayerThatReadsOneBelowIt(string layers, string layer, string argument, string read) => Report.Is(
        "UNR0053",
        $"Layer {layer} (input 3): {argument} must name a layer or an input above it, but \"{read}\" stands below; layers run in the order in which they stand, and none in a circle",
        $"[Network(3)] {layers} partial class Net;");

    [Theory]
    [InlineData("[Dense(3, ⟦From = \"dense1\"⟧)]", "dense1", "From", "dense1")]
    [InlineData("[Add(\"input\", ⟦\"sum\"⟧, Name = \"sum\")]", "sum", "inputs", "sum")]
    [InlineData("[Use<Body>(⟦From = \"b\"⟧, Name = \"b\")]", "b", "From", "b")]
    [InlineData("[Use<Body>(⟦From = \"body1\"⟧)]", "body1", "From", "body1")]
    [InlineData("[Use<Inner>(Name = \"b\")]", "b/later", "From", "later")]
    public void ALayerThatReadsItself(string layers, string layer, string argument, string read) => Report.Is(
        "UNR0053",
        $"Layer {layer} (input 3): {argument} must name a layer or an input above it, but \"{read}\" is the layer itself; layers run in the order in which they stand, and none in a circle",
        $"[Network(3)] {layers} partial class Net;{Body} [Block] [Dense(3, {(layers.Contains("Inner", StringComparison.Ordinal) ? "⟦From = \"later\"⟧" : "From = \"later\"")}, Name = \"later\")] class Inner;");

    [Fact]
    public void ALayerAboveTheInputThatItReads() => Report.Is(
        "UNR0053",
        "Layer dense1: From must name a layer or an input above it, but \"a\" stands below; layers run in the order in which they stand, and none in a circle",
        "[Network] [Dense(3, ⟦From = \"a\"⟧)] [Input(\"a\", 4)] partial class Net;");

    [Theory]
    [InlineData("[⟦Add⟧]", "add1", "at least 2", 0)]
    [InlineData("[⟦Concatenate(\"input\")⟧]", "concatenate1 (input 3)", "at least 2", 1)]
    [InlineData("[Subtract(⟦\"input\"⟧, \"input\", \"input\")]", "subtract1 (input 3)", "exactly 2", 3)]
    [InlineData("[Dot(⟦\"input\"⟧, \"input\", \"input\")]", "dot1 (input 3)", "exactly 2", 3)]
    public void NumbersOfValuesToMerge(string merge, string layer, string needed, int count) => Report.Is(
        "UNR0054",
        $"Layer {layer}: it must name {needed} layers or inputs to merge, but names {count}",
        $"[Network(3)] {merge} partial class Net;");

    [Theory]
    [InlineData("Add(\"a\", \"b\", ⟦From = \"c\"⟧)", "add2", "inputs", "\"a\", \"b\"")]
    [InlineData("Concatenate(\"a\", \"b\", Axis = 1, ⟦From = null⟧)", "concatenate1", "inputs", "\"a\", \"b\"")]
    [InlineData("Dot(\"a\", \"b\", ⟦From = \"unknown\"⟧)", "dot1", "inputs", "\"a\", \"b\"")]
    [InlineData("MultiHeadAttention(1, 2, Query = \"a\", ⟦From = \"b\"⟧)", "multi_head_attention1", "Query, Value, Key", "\"a\"")]
    [InlineData("MultiHeadAttention(1, 2, Query = \"a\", Value = null, Key = \"b\", ⟦From = \"c\"⟧)", "multi_head_attention1", "Query, Value, Key", "\"a\", \"b\"")]
    public void FromWhereEverythingReadIsNamed(string merge, string layer, string argument, string names) => Report.Is(
        "UNR0036",
        $"Layer {layer} (input 4 × 3): From must be left out unless \"\" is one of {argument}, but \"\" is none of {names}",
        $"[Network(4, 3)] [Dense(3, Name = \"a\")] [Dense(3, Name = \"b\")] [Dense(3, Name = \"c\")] [Add(\"a\", \"b\", \"c\")] [{merge}] partial class Net;");

    [Theory]
    [InlineData("Add(\"a\", \"\", From = \"b\")")]
    [InlineData("Maximum(\"\", \"\", From = \"b\")")]
    [InlineData("MultiHeadAttention(1, 2, From = \"b\")")]
    [InlineData("MultiHeadAttention(1, 2, Query = \"\", Value = \"a\", From = \"b\")")]
    [InlineData("MultiHeadAttention(1, 2, Query = \"a\", Key = \"\", From = \"b\")")]
    public void FromWhereSomethingReadIsNot(string merge) => Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop(
        $"[Network(4, 3)] [Dense(3, Name = \"a\")] [Dense(3, Name = \"b\")] [Add(\"a\", \"b\", Name = \"c\")] [{merge}] [Add(\"\", \"c\")] partial class Net;")).Reported);

    [Theory]
    [InlineData("5", "4", "Add")]
    [InlineData("4, 3", "5, 3", "Add")]
    [InlineData("4, 3", "5, 3", "Subtract")]
    [InlineData("4, 3, 2", "4, 5, 2", "Multiply")]
    [InlineData("6, 4, 3", "5, 3", "Average")]
    [InlineData("4, 3, 2", "5, 3, 2", "Maximum")]
    [InlineData("4, 3", "4", "Minimum")]
    public void ShapesThatDoNotMeet(string first, string second, string merge) => AssertShapesRefused(
        first, second, merge + "(⟦\"a\"⟧, \"b\")", "be equal, axes of size 1 and missing first axes apart");

    [Theory]
    [InlineData("4, 3", "5, 3", -1)]
    [InlineData("4, 3", "4, 2", 1)]
    [InlineData("4, 3, 2", "4, 5, 2", -1)]
    [InlineData("4, 3, 2", "5, 3, 2", 3)]
    [InlineData("4, 3, 2", "4, 3, 5", 2)]
    public void ShapesThatDoNotJoin(string first, string second, int axis) => AssertShapesRefused(
        first, second, $"Concatenate(⟦\"a\"⟧, \"b\", Axis = {axis})", "be equal but for the axis they are joined along");

    [Theory]
    [InlineData("4, 3", "3", "Concatenate(⟦\"a\"⟧, \"b\")", "have the same number of axes")]
    [InlineData("4, 3, 2", "4, 3, 2", "Dot(⟦\"a\"⟧, \"b\")", "have one or two axes")]
    [InlineData("2", "4, 3, 2", "Dot(⟦\"a\"⟧, \"b\")", "have one or two axes")]
    [InlineData("4, 3", "3, 4", "Dot(⟦\"a\"⟧, \"b\")", "have the same size along the axes that are summed over")]
    [InlineData("4, 3", "4, 3", "Dot(⟦\"a\"⟧, \"b\", Axes = new[] { 2, 1 })", "have the same size along the axes that are summed over")]
    public void ShapesThatDoNotGoTogether(string first, string second, string merge, string needed) => AssertShapesRefused(first, second, merge, needed);

    /// <summary>By the names of the layers whose values they are, wherever those stand and whatever else stands for them.</summary>
    [Theory]
    [InlineData("[Dense(8)] [Add(⟦\"\"⟧, \"input\")]", "add1 (input 8)", "dense1 is (8) and input is (3)")]
    [InlineData("[Use<Body>(Name = \"b\")] [Dense(2, From = \"input\")] [Add(⟦\"b\"⟧, \"input\", \"\")]", "add1 (input 6)", "b/dense1 is (6) and input is (3) and dense1 is (2)")]
    public void ShapesThatDoNotMeetAreNamed(string layers, string layer, string shapes) => Report.Is(
        "UNR0055",
        $"Layer {layer}: the shapes it merges must be equal, axes of size 1 and missing first axes apart, but {shapes}",
        $"[Network(3)] {layers} partial class Net;{Body}");

    [Theory]
    [InlineData("Concatenate(\"input\", \"input\", ⟦Axis = 0⟧)", "concatenate1", "Axis", "0")]
    [InlineData("Concatenate(\"input\", \"input\", ⟦Axis = 3⟧)", "concatenate1", "Axis", "3")]
    [InlineData("Concatenate(\"input\", \"input\", ⟦Axis = -3⟧)", "concatenate1", "Axis", "-3")]
    [InlineData("Dot(\"input\", \"input\", ⟦Axes = new[] { 0 }⟧)", "dot1", "Axes", "0")]
    [InlineData("Dot(\"input\", \"input\", ⟦Axes = new[] { 1, 3 }⟧)", "dot1", "Axes", "1, 3")]
    [InlineData("Dot(\"input\", \"input\", ⟦Axes = new[] { -3 }⟧)", "dot1", "Axes", "-3")]
    [InlineData("Dot(\"input\", \"input\", ⟦Axes = new[] { 1, 1, 1 }⟧)", "dot1", "Axes", "1, 1, 1")]
    [InlineData("Dot(\"input\", \"input\", ⟦Axes = new int[0]⟧)", "dot1", "Axes", "none")]
    [InlineData("Dot(\"input\", \"input\", ⟦Axes = null⟧)", "dot1", "Axes", "none")]
    public void AxesThatAreNotThere(string merge, string layer, string argument, string received) => Report.Is(
        "UNR0056",
        $"Layer {layer} (input 4 × 3): {argument} must count the axes of its inputs, 1 to 2 or -1 to -2, but is {received}",
        $"[Network(4, 3)] [{merge}] partial class Net;");

    [Theory]
    [InlineData("[Network(3)] [⟦Dense(4)⟧] [Dense(2, From = \"input\")]", "Layer dense1")]
    [InlineData("[Network] [Input(\"a\", 3)] [⟦Input(\"b\", 4)⟧] [Dense(2, From = \"a\")]", "Input b")]
    [InlineData("[Network(3)] [Dense(4)] [Output(\"a\")] [⟦Dense(2)⟧]", "Layer dense2")]
    public void ValuesThatLeadToNoOutput(string layers, string value) => Report.Is(
        "UNR0057",
        $"{value} must lead to an output of the network, but no layer that does reads it",
        layers + " partial class Net;");

    [Fact]
    public void AnInputShapeGivenTwice() => Report.Is(
        "UNR0058",
        "Network Net must have its input shape in [Network(...)] or its inputs as [Input(...)], but has both",
        "[⟦Network(3)⟧] [Input(\"a\", 3)] [Dense(2)] partial class Net;");

    [Theory]
    [InlineData("[Dense(3)] [Output(\"a\")] [Dense(2)] [Output(⟦\"a\"⟧)]", "a", "output a is layer dense1")]
    [InlineData("[Dense(3)] [Output(\"a\")] [Output(⟦\"b\"⟧)]", "b", "output a is layer dense1")]
    [InlineData("[Use<Body>] [Output(\"a\")] [Dense(2)] [Output(\"b\")] [Flatten(From = \"body1\")] [Output(⟦\"b\"⟧)]", "b", "output b is layer dense1")]
    public void OutputsThatAreOne(string layers, string output, string other) => Report.Is(
        "UNR0059",
        $"Output {output}: each output must have a name and a layer of its own, but {other}",
        $"[Network(3)] {layers} partial class Net;{Body}");

    [Theory]
    [InlineData("[Network(3)] [⟦Output(\"a\")⟧] [Dense(2)]")]
    [InlineData("[Network] [Input(\"x\", 3)] [⟦Output(\"a\")⟧] [Dense(2)]")]
    public void AnOutputBelowNoLayer(string parts) => Report.Is(
        "UNR0080",
        "Output a: [Output] must stand below the layer whose value it is, but stands below none",
        parts + " partial class Net;");

    [Theory]
    [InlineData("[⟦Input(\"a\", 3)⟧] [Dense(6)]", "Input(\"a\", 3)")]
    [InlineData("[Dense(6)] [⟦Output(\"a\")⟧]", "Output(\"a\")")]
    public void EndsInABlock(string parts, string part) => Report.Is(
        "UNR0081",
        $"A network must declare its inputs and outputs itself, but block Tower contains [{part}]",
        $"[Network(3)] [Use<Tower>] partial class Net; [Block] {parts} class Tower;");

    [Theory]
    [InlineData("[Use<Body>(Name = \"one\")] [Use<Body>(⟦Shared = \"two\"⟧)]", "body2 (input 6)", "\"two\" is none of one")]
    [InlineData("[Use<Body>] [Use<Other>] [Use<Body>(Name = \"one\")] [Use<Body>(⟦Shared = \"two\"⟧)]", "body3 (input 6)", "\"two\" is none of body1, one")]
    [InlineData("[Use<Body>(⟦Shared = \"body2\"⟧)] [Use<Body>]", "body1 (input 3)", "there is none")]
    [InlineData("[Dense(3, Name = \"one\")] [Use<Body>(⟦Shared = \"one\"⟧)]", "body1 (input 3)", "there is none")]
    [InlineData("[Use<Other>(Name = \"one\")] [Use<Body>(⟦Shared = \"one\"⟧)]", "body1 (input 3)", "there is none")]
    public void SharedUsesThatAreNone(string layers, string layer, string received) => Report.Is(
        "UNR0082",
        $"Layer {layer}: Shared must name a use of block Body above it, but {received}",
        $"[Network(3)] {layers} partial class Net;{Body} [Block] [Dense(3)] class Other;");

    private static void AssertShapesRefused(string first, string second, string merge, string needed)
    {
        string layer = merge.Split('(')[0].ToLowerInvariant() + "1";
        string Text(string shape) => shape.Replace(", ", " × ", StringComparison.Ordinal);
        Report.Is(
            "UNR0055",
            $"Layer {layer} (input {Text(first)}): the shapes it merges must {needed}, but a is ({Text(first)}) and b is ({Text(second)})",
            $"[Network] [Input(\"a\", {first})] [Input(\"b\", {second})] [{merge}] partial class Net;");
    }
}
