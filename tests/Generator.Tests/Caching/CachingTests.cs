using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Tests;

namespace Unroll.Generator.Tests.Caching;

/// <summary>What an edit makes run again, by the run reasons of the tracked steps.</summary>
public class CachingTests
{
    private const string First = "[Network(28, 28)] [Flatten] [Dense(128, Activation.Relu)] [Dense(10)] partial class First;";
    private const string Second = "[Network(4)] [Dense(3, Name = \"only\", KernelL2 = 0.1f)] partial class Second;";
    private const string Wrong = "[Network(4)] [Dense(0)] partial class Wrong; [Network(4)] [Dense(1)] partial record Own(int Size);";

    public static TheoryData<string, string> UnrelatedEdits => new()
    {
        { First, $"// A comment that moves everything.\n\n{First}" },
        { First, $"{First} class Unrelated {{ int _field = 1; }}" },
        { First, First.Replace("class First;", "class First { int _field; void Method() { } }", StringComparison.Ordinal) },
        { First, First.Replace("Dense(10)", "Dense(units: 5 + 5)", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(UnrelatedEdits))]
    public void AnUnrelatedEditLeavesEveryStepCached(string before, string after)
    {
        GeneratorRunResult result = RunTwice([before, Second, Wrong], [after, Second, Wrong]);

        foreach (string step in new[] { StepNames.Model, StepNames.Pretrained, StepNames.Rejected, StepNames.HintCollisions, StepNames.Compiled, StepNames.Linked })
        {
            Assert.All(Reasons(result, step), static reason => Assert.True(
                reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
        }

        Assert.All(SourceReasons(result), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void AnEditOfOneNetworkRebuildsThatOneOnly()
    {
        GeneratorRunResult result = RunTwice([First, Second, Wrong], [First.Replace("128", "64", StringComparison.Ordinal), Second, Wrong]);

        Assert.Equal(
            [("First", IncrementalStepRunReason.Modified), ("Second", IncrementalStepRunReason.Unchanged)],
            result.TrackedSteps[StepNames.Model].SelectMany(static step => step.Outputs)
                .Select(static output => (((NetworkModel)output.Value).Header.Name, output.Reason)));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(result, StepNames.Compiled));
    }

    [Fact]
    public void ANewNetworkLeavesTheOthersCached()
    {
        GeneratorRunResult result = RunTwice([First, Second], [First, $"{Second} [Network(1)] [Dense(1)] partial class Third;"]);

        Assert.Equal(
            [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.New],
            Reasons(result, StepNames.Compiled));
    }

    [Fact]
    public void OtherWeightsRebuildTheNetworkThatHasThemOnly()
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(
            GeneratorHarness.InShop($"{First} [Network(2, Weights = \"a.safetensors\")] [Dense(1)] partial class Pretrained2;"));
        var before = new WeightsText("a.safetensors", "dense1/kernel  F32  [2, 1]", "dense1/bias  F32  [1]");
        var after = new WeightsText("a.safetensors", "dense1/kernel  F16  [2, 1]", "dense1/bias  F32  [1]");
        GeneratorDriver driver = GeneratorHarness.Driver(new NetworkGenerator()).AddAdditionalTexts([before]).RunGenerators(compilation);

        GeneratorRunResult result = driver.ReplaceAdditionalText(before, after).RunGenerators(compilation).GetRunResult().Results.Single();

        // The type of the numbers is no part of the code.
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], Reasons(result, StepNames.Pretrained));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged], Reasons(result, StepNames.Compiled));
    }

    [Fact]
    public void AnEditOfOneOfManyNetworksRebuildsThatOneOnly()
    {
        int count = Campaign.Rounds(usually: 200, campaign: 200);
        string[] before = [.. Enumerable.Range(0, count).Select(static index => $"[Network(2)] [Dense({1 + (index % 7)})] partial class Network{index};")];
        string[] after = [.. before];
        after[count / 3] = after[count / 3].Replace("Network(2)", "Network(3)", StringComparison.Ordinal);

        IncrementalStepRunReason[] reasons = [.. Reasons(RunTwice(before, after), StepNames.Compiled)];

        Assert.Equal(count, reasons.Length);
        Assert.Equal(1, reasons.Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(count - 1, reasons.Count(static reason => reason == IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void AnEditReachesTheNetworksThatCallItsKernelsAndNoOthers()
    {
        const string Same = "[Network(2)] [Dense(3)] partial class";
        string[] before = [$"{Same} A;", $"{Same} B;", "[Network(20)] [Dense(5)] partial class C;"];
        GeneratorRunResult result = RunTwice(before, [before[0].Replace("(3)", "(4)", StringComparison.Ordinal), before[1], before[2]]);

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(result, StepNames.Compiled));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Reasons(result, StepNames.Linked));
    }

    [Theory]
    [InlineData("Use")]
    [InlineData("Residual")]
    public void AnEditOfABlockRebuildsTheNetworksThatUseIt(string use)
    {
        string network = $"[Network(4)] [{use}<Outer>] partial class WithBlock;";
        const string Outer = "[Block] [Use<Body>(Repeat = 2)] class Outer;";
        const string Body = "[Block] [Dense(8)] [Dense(4)] class Body;";
        GeneratorRunResult result = RunTwice([network, Second, Outer, Body], [network, Second, Outer, Body.Replace("8", "16", StringComparison.Ordinal)]);

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(result, StepNames.Compiled));
        Assert.Contains("new int[] { 4, 16 }", result.GeneratedSources[0].SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEditElsewhereLeavesTheNetworksOfABlockCached()
    {
        const string Network = "[Network(4)] [Residual<Body>] partial class WithBlock;";
        const string Body = "[Block] [Dense(4)] partial class Body { }";
        GeneratorRunResult result = RunTwice([Network, Body, "class A;"], [Network, $"// Moved.\n{Body.Replace("{ }", "{ int _field; }", StringComparison.Ordinal)}", "class B;"]);

        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(result, StepNames.Model));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(result, StepNames.Compiled));
    }

    [Fact]
    public void TheSameSourceGivesTheSameBytes()
    {
        string[] Texts() => [.. GeneratorHarness.Run($"using Unroll; {First} {Second} {Wrong}").Sources.Select(static source => source.SourceText.ToString())];
        Assert.Equal(Texts(), Texts());
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(static run => run.Outputs).Select(static output => output.Reason);

    // The output step that reports diagnostics runs at every edit; those that add source are the ones fed by a tracked step.
    private static IEnumerable<IncrementalStepRunReason> SourceReasons(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(static steps => steps.Value)
        .Where(static step => step.Inputs.Any(static input => input.Source.Outputs.All(static output => output.Value is LinkedNetwork or RejectedNetwork)))
        .SelectMany(static step => step.Outputs)
        .Select(static output => output.Reason);

    private static GeneratorRunResult RunTwice(string[] before, string[] after)
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation([.. before.Select(GeneratorHarness.InShop)]);
        GeneratorDriver driver = GeneratorHarness.Driver(new NetworkGenerator()).RunGenerators(compilation);
        ImmutableArray<SyntaxTree> trees = compilation.SyntaxTrees;
        for (int i = 0; i < trees.Length; i++)
        {
            if (before[i] != after[i])
            {
                SyntaxTree edited = CSharpSyntaxTree.ParseText(
                    GeneratorHarness.InShop(after[i]), (CSharpParseOptions)trees[i].Options, trees[i].FilePath);
                compilation = compilation.ReplaceSyntaxTree(trees[i], edited);
            }
        }

        GeneratorRunResult result = driver.RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.All(result.Diagnostics, diagnostic => Assert.Contains(diagnostic.Location.SourceTree!, compilation.SyntaxTrees));
        return result;
    }
}
