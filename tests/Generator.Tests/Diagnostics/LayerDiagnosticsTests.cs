namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What the attributes' arguments can get wrong, reported at the argument.</summary>
public class LayerDiagnosticsTests
{
    [Theory]
    [InlineData("1f", "1")]
    [InlineData("-0.5f", "-0.5")]
    [InlineData("1.1f", "1.1")]
    [InlineData("float.NaN", "NaN")]
    [InlineData("float.PositiveInfinity", "Infinity")]
    public void DropoutRateOutOfRange(string rate, string received) => Report.Is(
        "UNR0007",
        $"Layer dropout1 (input 2): dropout rate must be in [0, 1), but is {received}",
        $"[Network(2)] [Dropout(⟦{rate}⟧)] [Dense(1)] partial class Net;");

    [Fact]
    public void NoLayers() => Report.Is(
        "UNR0011",
        "Network Net must have at least one layer attribute after [Network], but has 0",
        "[⟦Network(2)⟧] partial class Net;");

    [Fact]
    public void LayersOnTwoDeclarations() => Report.Is(
        "UNR0013",
        "All layers of network Net must stand on the declaration that carries [Network], but [Dense(1)] stands on another",
        "[Network(2)] [Dense(4)] partial class Net; [⟦Dense(1)⟧] partial class Net;");

    [Fact]
    public void LayersOnAnotherDeclarationOnly() => Report.Is(
        "UNR0013",
        "All layers of network Net must stand on the declaration that carries [Network], but [Dense(1)] stands on another",
        "[⟦Dense(1)⟧] partial class Net; [Network(2)] partial class Net;");

    [Theory]
    [InlineData("Network", "none")]
    [InlineData("Network()", "none")]
    [InlineData("Network(new int[0])", "none")]
    [InlineData("Network(null)", "null")]
    public void MissingInputShape(string attribute, string received) => Report.Is(
        "UNR0014",
        $"Network Net: [Network] must give the shape of one sample, such as [Network(28, 28)], or leave that to inputs, such as [Input(\"image\", 28, 28)], but gives {received}",
        $"[⟦{attribute}⟧] [Dense(1)] partial class Net;");

    [Theory]
    [InlineData("Network(28, ⟦0⟧)", "0")]
    [InlineData("Network(28, ⟦-7⟧, 2)", "-7")]
    [InlineData("Network(new[] { 28, ⟦0⟧ })", "0")]
    [InlineData("Network(inputShape: new int[] { 28, ⟦0⟧ })", "0")]
    public void InputSizeOutOfRange(string attribute, string received) => Report.Is(
        "UNR0015",
        $"Network Net: axis 1 of the input shape must be at least 1, but is {received}",
        $"[{attribute}] [Dense(1)] partial class Net;");

    [Theory]
    [InlineData("Dense(⟦0⟧)", "0")]
    [InlineData("Dense(⟦-2147483648⟧, Activation.Relu)", "-2147483648")]
    [InlineData("Dense(activation: Activation.Relu, ⟦units: -1⟧)", "-1")]
    public void UnitsOutOfRange(string layer, string received) => Report.Is(
        "UNR0016", $"Layer dense2 (input 1): units must be at least 1, but is {received}", $"[Network(2)] [Dense(1), {layer}] partial class Net;");

    [Theory]
    [InlineData("KernelL1", "-0.5f", "-0.5")]
    [InlineData("KernelL2", "float.NaN", "NaN")]
    [InlineData("BiasL1", "float.PositiveInfinity", "Infinity")]
    [InlineData("BiasL2", "-1e-30f", "-1E-30")]
    public void PenaltyOutOfRange(string name, string value, string received) => Report.Is(
        "UNR0017",
        $"Layer head (input 2): {name} must be a finite number of at least 0, but is {received}",
        $"[Network(2)] [Dense(1, Name = \"head\", ⟦{name} = {value}⟧)] partial class Net;");

    [Theory]
    [InlineData("Dense(1, ⟦(Activation)99⟧)", "dense1", "activation", "Activation", "99")]
    [InlineData("Activate(⟦(Activation)(-1)⟧)", "activate1", "activation", "Activation", "-1")]
    [InlineData("Dense(1, ⟦KernelInitializer = (Initializer)99⟧)", "dense1", "KernelInitializer", "Initializer", "99")]
    public void UnknownEnumValue(string layer, string name, string argument, string type, string received) => Report.Is(
        "UNR0018", $"Layer {name} (input 2): {argument} must be a member of {type}, but is {received}", $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a/b\"", "\"a/b\"")]
    [InlineData("\"two words\"", "\"two words\"")]
    [InlineData("\"a\\nb\"", "\"a\\nb\"")]
    [InlineData("\"a\\u2028b\"", "\"a\\u2028b\"")]
    [InlineData("\"😀\"", "\"😀\"")]
    public void UnusableName(string name, string received) => Report.Is(
        "UNR0019",
        $"Layer dense1 (input 2): Name must be made of letters, digits and underscores, but is {received}",
        $"[Network(2)] [Dense(1, ⟦Name = {name}⟧)] partial class Net;");

    [Fact]
    public void DuplicateName() => Report.Is(
        "UNR0020",
        "Layer body (input 4): the name must differ from every other layer's and input's, but layer 1 has it too",
        "[Network(2)] [Dense(4, Name = \"body\")] [Dense(1, ⟦Name = \"body\"⟧)] partial class Net;");

    [Fact]
    public void DuplicateOfADefaultName() => Report.Is(
        "UNR0020",
        "Layer dense2 (input 4): the name must differ from every other layer's and input's, but layer 1 has it too",
        "[Network(2)] [Dense(4, Name = \"dense2\")] [⟦Dense(1)⟧] partial class Net;");

    [Fact]
    public void NamesThatDifferByCaseDiffer() => Assert.Empty(
        GeneratorHarness.Run(GeneratorHarness.InShop("[Network(2)] [Dense(4, Name = \"A\"), Dense(1, Name = \"a\")] partial class Net;")).Reported);

    [Theory]
    [InlineData("[Network(2)] [⟦Dense()⟧]", "Layer dense1 (input 2)", "[Dense()]", "CS7036")]
    [InlineData("[Network(2)] [⟦Dense(\"x\")⟧]", "Layer dense1 (input 2)", "[Dense(\"x\")]", "CS1503")]
    [InlineData("[Network(2)] [⟦Dense(Missing)⟧]", "Layer dense1 (input 2)", "[Dense(Missing)]", "CS0103")]
    [InlineData("[Network(2)] [Dense(1, ⟦KernelL1 = Missing⟧)]", "Layer dense1 (input 2)", "[Dense(1, KernelL1 = Missing)]", "CS0103")]
    [InlineData("[⟦Network(\"x\")⟧] [Dense(1)]", "Network Net", "[Network(\"x\")]", "CS1503")]
    [InlineData("[⟦Network(2, Missing)⟧] [Dense(1)]", "Network Net", "[Network(2, Missing)]", "CS0103")]
    public void UnreadableArgument(string attributes, string owner, string received, string compilerError) => Report.Is(
        "UNR0023",
        $"{owner}: the arguments must be constants that fit the attribute, but it reads {received}",
        attributes + " partial class Net;",
        compilerError);

    // The runtime keeps others from deriving; a newer runtime has layers an older generator does not know.
    [Fact]
    public void UnknownLayer() => Report.WithRuntime(
        HelpPage.NewerRuntime,
        "UNR0024",
        "Network Net: a layer must be one this version of the generator knows, but is [LayerOfANewerVersion(3)]",
        "[Network(2)] [⟦LayerOfANewerVersion(3)⟧] partial class Net;");
}
