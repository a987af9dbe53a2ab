using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Planning;

public sealed class KernelGradientPlanTests
{
    [Fact]
    public void FetchesAheadWhereColumnsFillSeveralLines()
    {
        KernelGradientPlan plan = PlanOf(784, 512);

        Assert.Equal(["Vector512"], plan.Tiles.Where(plan.FetchesAhead).Select(static tile => tile.Machine.Name));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    public void FetchesNothingBehindTheOnlyColumns(int units)
    {
        KernelGradientPlan plan = PlanOf(784, units);

        Assert.DoesNotContain(plan.Tiles, plan.FetchesAhead);
    }

    [Fact]
    public void FetchesNothingWhereTilesAreTooFewForAllLines()
    {
        KernelGradientPlan plan = PlanOf(12, 512);

        Assert.DoesNotContain(plan.Tiles, plan.FetchesAhead);
    }

    [Fact]
    public void WhatIsFetchedAheadNeedNotStayNear()
    {
        KernelGradientPlan plan = PlanOf(784, 512);

        Assert.Equal([64, 32, 32, 32], plan.Tiles.Select(plan.ChunkFor));
    }

    /// <summary>Rows of 1,024 values twice: 32 of them stay near, and a chunk is never longer than 64.</summary>
    [Fact]
    public void WideLayersTakeTheirSamplesInChunks()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            GeneratorHarness.Compilation(GeneratorHarness.InShop("[Network(1024)] [Dense(1024, Activation.Relu)] [Dense(1024)] public partial class Net;")),
            GeneratorHarness.Driver(GeneratorHarness.EveryMachine));

        Assert.Contains("start += 64", TextOf(outcome, "Vector512"), StringComparison.Ordinal);
        Assert.Contains("Prefetch.Near(ref next);", TextOf(outcome, "Vector512"), StringComparison.Ordinal);
        Assert.Contains("start += 32", TextOf(outcome, "Vector256"), StringComparison.Ordinal);
        Assert.DoesNotContain("ref next", TextOf(outcome, "Vector256"), StringComparison.Ordinal);
    }

    private static string TextOf(GeneratorOutcome outcome, string machine) => outcome.Sources
        .Single(source => source.HintName.EndsWith($"{machine}.g.cs", StringComparison.Ordinal)).SourceText.ToString();

    private static KernelGradientPlan PlanOf(int inputs, int units) => new(
        inputs,
        units,
        inputs,
        PanelLayout.Pad(units),
        ChunkVectors: 32,
        AheadChunkVectors: 64,
        EquatableArray.Of<ElementwiseStep>(),
        TileChooser.ForKernelGradient(inputs, units, depth: 32));
}
