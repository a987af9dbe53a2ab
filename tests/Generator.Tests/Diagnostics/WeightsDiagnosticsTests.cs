using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Weights that go into the assembly are held against the network when it is compiled.</summary>
public class WeightsDiagnosticsTests
{
    private static readonly WeightsText s_fitting = new("Models/net.safetensors", "dense1/kernel  F32  [2, 3]", "dense1/bias  F16  [3]");

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("Models/net.safetensors")]
    [InlineData("Models\\\\net.safetensors")]
    public void WhatFitsIsInTheClass(string path)
    {
        GeneratorOutcome outcome = Run(Network(path, "class Usage { Net _net = Net.Pretrained; Net _own = Net.LoadPretrained(); }"), s_fitting);

        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        string code = outcome.Sources[0].SourceText.ToString();
        Assert.Contains("EmbeddedFile.LoadWeights(model, typeof(Net).Assembly, \"Unroll.Weights/Models/net.safetensors\");", code, StringComparison.Ordinal);
        Assert.DoesNotContain("SelfTest", code, StringComparison.Ordinal);
    }

    [Fact]
    public void VectorsBesideTheWeightsAreASelfTest()
    {
        var vectors = new WeightsText("Models/net.vectors.safetensors", "inputs/input  F32  [5, 2]", "outputs/output  F32  [5, 3]");
        GeneratorOutcome outcome = Run(Network("net.safetensors", "class Usage { float _test = Net.Pretrained.SelfTest(); }"), s_fitting, vectors);

        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData("UNR0084", "Network Shop.Net: Weights must name one .safetensors file that is there and among the project's AdditionalFiles, but 'et.safetensors' is none of Models/net.safetensors, b/net2.safetensors", "et.safetensors", "b/net2.safetensors")]
    [InlineData("UNR0084", "Network Shop.Net: Weights must name one .safetensors file that is there and among the project's AdditionalFiles, but 'net.safetensors' may be Models/net.safetensors or b/net.safetensors", "net.safetensors", "b/net.safetensors")]
    [InlineData("UNR0084", "Network Shop.Net: Weights must name one .safetensors file that is there and among the project's AdditionalFiles, but '' is none of Models/net.safetensors", "")]
    [InlineData("UNR0085", "Network Shop.Net: b/c.safetensors must be a whole safetensors file, but it ends early", "c.safetensors", "b/c.safetensors", "it ends early")]
    [InlineData("UNR0085", "Network Shop.Net: Models/net.vectors.safetensors must be a whole safetensors file, but it ends early", "net.safetensors", "Models/net.vectors.safetensors", "it ends early")]
    [InlineData(
        "UNR0086",
        "Network Shop.Net: c.safetensors must hold its parameters and nothing else, but 'dense1/kernel' must be [2, 3], but is [3, 2]; 'dense1/bias' [3] is missing; 'dense1/beta' [3] is nothing of it",
        "c.safetensors", "c.safetensors", "dense1/kernel  F32  [3, 2]", "dense1/beta  F32  [3]")]
    [InlineData(
        "UNR0086",
        "Network Shop.Net: c.safetensors must hold its parameters and nothing else, but 'dense1/kernel' must be F32, F64, F16, BF16, but is I8",
        "c.safetensors", "c.safetensors", "dense1/kernel  I8  [2, 3]", "dense1/bias  F32  [3]")]
    [InlineData(
        "UNR0087",
        "Network Shop.Net: Models/net.vectors.safetensors must hold its inputs and outputs for some samples, but 'outputs/output' must be [4, 3], but is [5, 3]",
        "net.safetensors", "Models/net.vectors.safetensors", "inputs/input  F32  [4, 2]", "outputs/output  F32  [5, 3]")]
    public void WhatDoesNotFitIsReportedAtTheArgument(string id, string message, string weights, string? file = null, params string[] tensors)
    {
        string source = Network(weights, "class Usage { Net _net = Net.Pretrained; Net _own = Net.LoadPretrained(); float _test = Net.Pretrained.SelfTest(); }");
        GeneratorOutcome outcome = Run(source, file is null ? [s_fitting] : [s_fitting, new WeightsText(file, tensors)]);

        Diagnostic reported = Assert.Single(outcome.Reported);
        Assert.Equal((id, message), (reported.Id, reported.GetMessage(CultureInfo.InvariantCulture)));
        Assert.Equal($"Weights = \"{weights}\"", reported.Location.SourceTree!.ToString().Substring(reported.Location.SourceSpan.Start, reported.Location.SourceSpan.Length));
        Assert.Empty(outcome.FromCompiler.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void OfManyDifferencesTheFirstAreNamed()
    {
        string[] tensors = [.. Enumerable.Range(0, 12).Select(static index => $"t{index}  F32  [1]")];

        string message = Assert.Single(Run(Network("c.safetensors"), new WeightsText("c.safetensors", tensors)).Reported).GetMessage(CultureInfo.InvariantCulture);
        Assert.EndsWith("'t7' [1] is nothing of it; and 4 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesOfTheMembersAreTakenOnlyWhereThereAreWeights()
    {
        const string Own = "partial class Net { public int Pretrained; public float SelfTest() => 1; public float SelfTest(int size) => size; public void LoadPretrained() { } }";

        Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(2)] [Dense(3)] partial class Net; {Own}")).Reported);
        Assert.Equal(["UNR0021", "UNR0021", "UNR0021"], Run(Network("net.safetensors", Own), s_fitting).Reported.Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public void OtherProblemsOfTheNetworkLeaveTheMembers()
    {
        GeneratorOutcome outcome = Run("[Network(2, Weights = \"net.safetensors\")] [Dense(0)] partial class Net; class Usage { float _test = Net.Pretrained.SelfTest() + Net.LoadPretrained().SelfTest(); }", s_fitting);

        Assert.NotEqual("UNR0084", Assert.Single(outcome.Reported).Id);
        Assert.Empty(outcome.FromCompiler.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void ANetworkWithoutWeightsIsTheSameBesideThem()
    {
        const string Source = "[Network(2)] [Dense(3)] partial class Net;";

        Assert.Equal(
            GeneratorHarness.Run(GeneratorHarness.InShop(Source)).Sources.Select(static source => source.SourceText.ToString()),
            Run(Source, s_fitting).Sources.Select(static source => source.SourceText.ToString()));
    }

    private static string Network(string weights, string rest = "") => $"[Network(2, Weights = \"{weights}\")] [Dense(3)] sealed partial class Net; {rest}";

    private static GeneratorOutcome Run(string source, params WeightsText[] files) => GeneratorHarness.Run(
        GeneratorHarness.Compilation(GeneratorHarness.InShop(source)),
        (Microsoft.CodeAnalysis.CSharp.CSharpGeneratorDriver)GeneratorHarness.Driver().AddAdditionalTexts([.. files]));
}
