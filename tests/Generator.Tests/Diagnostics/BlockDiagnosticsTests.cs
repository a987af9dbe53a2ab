using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What composition can get wrong.</summary>
public class BlockDiagnosticsTests
{
    private const string Body = " [Block] [Dense(3)] public partial class Body;";

    [Theory]
    [InlineData("Use<⟦Other⟧>")]
    [InlineData("Use<⟦Other⟧>(Repeat = 3)")]
    [InlineData("Unroll.UseAttribute<⟦Other⟧>")]
    public void NotABlock(string use) => Report.Is(
        "UNR0041",
        "Layer other1 (input 2): the class used must carry [Block], but Other does not",
        $"[Network(2)] [{use}] partial class Net; class Other;");

    [Fact]
    public void NetworkIsBlock() => Report.Is(
        "UNR0042",
        "Network Net: a class must be a network or a block, but Net carries both [Network] and [Block]",
        "[⟦Network(2)⟧] [Block] [Dense(1)] partial class Net;");

    [Fact]
    public void UsedBlockIsNetwork()
    {
        Diagnostic[] reported = [.. Reported("[Network(2)] [Use<Both>] partial class Net; [Block] [Network(2)] [Dense(1)] partial class Both;")];

        Assert.Equal(["UNR0042", "UNR0042"], reported.Select(static diagnostic => diagnostic.Id));
        Assert.Equal(
            "Layer both1 (input 2): a class must be a network or a block, but Both carries both [Network] and [Block]",
            reported.Single(static diagnostic => Text(diagnostic) == "Both").GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void BlockContainsItself() => Report.Is(
        "UNR0043",
        "Layer body1/body1 (input 2): a block must not contain itself, but Body → Body",
        "[Network(2)] [Use<Body>] partial class Net; [Block] [Dense(2)] [Residual<⟦Body⟧>] class Body;");

    [Fact]
    public void BlocksContainEachOther() => Report.Is(
        "UNR0043",
        "Layer a1/b1/c1/b1 (input 2): a block must not contain itself, but B → C → B",
        "[Network(2)] [Use<A>] partial class Net; [Block] [Use<B>] class A; [Block] [Use<C>] class B; [Block] [Use<⟦B⟧>] class C;");

    [Theory]
    [InlineData("[Use<Body>(Repeat = 2000000000)]")]
    [InlineData("[Use<Outer>(Repeat = 100)]")]
    public void TooManyLayers(string use) => Report.Is(
        "UNR0044",
        "Network Net must have at most 1000 layers, those of its blocks counted at every use, but has more",
        $"[⟦Network(3)⟧] {use} partial class Net; [Block] [Use<Body>(Repeat = 100)] [Residual<Body>(Repeat = 100)] class Outer;{Body}");

    [Theory]
    [InlineData("Residual<Body>", "3", "body1", "2", "[Network(2)]")]
    [InlineData("Residual<Body>(Repeat = 2, Name = \"r\")", "5 × 3", "r1", "5 × 2", "[Network(5, 2)]")]
    public void ResidualShapesDiffer(string use, string output, string layer, string input, string network) => Report.Is(
        "UNR0045",
        $"Layer {layer} (input {input}): the block's output must have the shape of its input, to be added to it, but has {output}",
        $"{network} [⟦{use}⟧] partial class Net;{Body}");

    [Fact]
    public void EmptyBlock() => Report.Is(
        "UNR0011",
        "Block Body must have at least one layer attribute after [Block], but has 0",
        "[Network(2)] [Use<⟦Body⟧>(Repeat = 1000000)] partial class Net; [Block] class Body;");

    [Fact]
    public void LayersOfABlockOnTwoDeclarations() => Report.Is(
        "UNR0013",
        "All layers of block Body must stand on the declaration that carries [Block], but [Dense(1)] stands on another",
        "[Network(2)] [Use<Body>] partial class Net; [Block] [Dense(2)] partial class Body; [⟦Dense(1)⟧] partial class Body;");

    [Theory]
    [InlineData("Use<Body>(⟦Repeat = 0⟧)", "0")]
    [InlineData("Residual<Body>(Name = \"body1\", ⟦Repeat = -1⟧)", "-1")]
    public void RepeatOutOfRange(string use, string received) => Report.Is(
        "UNR0035", $"Layer body1 (input 3): Repeat must be at least 1, but is {received}", $"[Network(3)] [{use}] [Dense(1)] partial class Net;{Body}");

    [Fact]
    public void AnUnknownClassIsLeftToTheCompiler() => Report.Is(
        "UNR0023",
        "Layer missing1 (input 2): the arguments must be constants that fit the attribute, but it reads [Use<Missing>]",
        "[Network(2)] [Use<⟦Missing⟧>] [Dense(1)] partial class Net;",
        "CS0246");

    [Theory]
    [InlineData("[Use< <Body>]")]
    [InlineData("[Residual<>]")]
    public void AHalfTypedClassIsUnreadable(string use) =>
        Assert.Equal(["UNR0023"], Reported($"[Network(3)] {use} [Dense(1)] partial class Net;{Body}").Select(static diagnostic => diagnostic.Id));

    [Theory]
    [InlineData("[Dense(1, Name = \"body1\")] [⟦Use<Body>⟧]", "body1", "layer 1", 1)]
    [InlineData("[Use<Body>(Name = \"a\")] [Use<Body>(⟦Name = \"a\"⟧)]", "a", "layer 1", 3)]
    public void UsesShareTheirNamesWithLayers(string layers, string name, string other, int input) => Report.Is(
        "UNR0020",
        $"Layer {name} (input {input}): the name must differ from every other layer's and input's, but {other} has it too",
        $"[Network(2)] {layers} partial class Net;{Body}");

    [Fact]
    public void DuplicateNameInABlock() => Report.Is(
        "UNR0020",
        "Layer b1/x (input 1): the name must differ from every other layer's and input's, but layer 1 of its block has it too",
        "[Network(2)] [Use<B>] partial class Net; [Block] [Dense(1, Name = \"x\")] [Dense(1, ⟦Name = \"x\"⟧)] class B;");

    [Fact]
    public void AnArgumentOfABlockIsReportedThereOnce() => Report.Is(
        "UNR0016",
        "Layer body1/dense1 (input 2): units must be at least 1, but is 0",
        "[Network(2)] [Use<Body>(Repeat = 3)] [Use<Body>] partial class Net; [Block] [Dense(⟦0⟧)] class Body;");

    [Fact]
    public void AShapeIsReportedInTheBlockOnce() => Report.Is(
        "UNR0040",
        "Layer outer1/body1/repeat_vector1 (input 5 × 2): the input must have one axis, but has 2",
        "[Network(5, 2)] [Use<Outer>] partial class Net; [Block] [Residual<Body>] class Outer; [Block] [⟦RepeatVector(3)⟧] class Body;");

    [Fact]
    public void ABlockOfAnotherAssemblyIsReportedAtItsUse()
    {
        var image = new MemoryStream();
        Assert.True(GeneratorHarness.Compilation(
            "using Unroll; [assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Consumer\")] [Block] [Dense(0)] class Body;")
            .Emit(image).Success);
        Diagnostic reported = Assert.Single(Reported(
            "[Network(2)] [Use<Body>] partial class Net;", MetadataReference.CreateFromImage(image.ToArray())));

        Assert.Equal("Layer body1/dense1 (input 2): units must be at least 1, but is 0", reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Use<Body>", Text(reported));
    }

    [Fact]
    public void AProjectsBlockIsReportedAtItsUse()
    {
        MetadataReference project = GeneratorHarness.Compilation("using Unroll; [Block] [Dense(0)] public class Body;").WithAssemblyName("Parts").ToMetadataReference();
        Diagnostic reported = Assert.Single(Reported("[Network(2)] [Use<Body>] partial class Net;", project));

        Assert.Equal(("UNR0016", "Use<Body>"), (reported.Id, Text(reported)));
    }

    [Fact]
    public void SoftmaxInsideAResidualConnectionIsNotAtTheEnd() => Report.Is(
        "UNR0027",
        "Layer body1/dense1 (input 2): softmax belongs at the end of a network, but is followed by body1",
        "[Network(2)] [Residual<Body>] partial class Net; [Block] [Dense(2, ⟦Activation.Softmax⟧)] class Body;");

    private static IEnumerable<Diagnostic> Reported(string source, params MetadataReference[] references) => GeneratorHarness
        .Run(GeneratorHarness.Compilation("using Unroll;\n" + source).AddReferences(references), GeneratorHarness.Driver())
        .Reported;

    private static string Text(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
}
