using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Planning;
using Unroll.Generator.Tests.Graph.Passes;

namespace Unroll.Generator.Tests.Planning;

/// <summary>Where all threads of a training step wait for each other, as docs/architecture.md tells.</summary>
public sealed class PhasePlannerTests
{
    [Fact]
    public void AStackOfDenseLayersHasOnePhaseOfSamples() => Assert.Equal(
        """
        Parts: Transpose
        Samples: Product Product Loss Product
        Parts: BatchSum KernelGradient BatchSum KernelGradient
        """,
        Phases("[Dense(30, Activation.Relu)] [Dense(20)]"));

    [Fact]
    public void ASingleLayerNeedsNoTranspose() => Assert.Equal(
        """
        Samples: Product Loss
        Parts: BatchSum KernelGradient
        """,
        Phases("[Dense(20)]"));

    /// <summary>Gradients that nobody waits for are all in the last phase of parts; the moving averages change when the step is known to be sound.</summary>
    [Fact]
    public void SamplesMeetOnTheWayThereAndBackWhereABatchIsNormalized() => Assert.Equal(
        """
        Parts: Transpose
        Samples: Product
        Parts: BatchMoments
        Samples: Elementwise Elementwise Product Loss Product Elementwise Elementwise
        Parts: BatchProjections
        Samples: Elementwise
        Parts: BatchSum KernelGradient BatchSum BatchSum BatchSum KernelGradient
        Commit: MovingAverage
        """,
        Phases("[Dense(30)] [BatchNormalization] [Dense(20)]"));

    [Fact]
    public void PredictionsNeedNoBarrier() =>
        Assert.Equal("Samples: Product Product", Text(PassList.ForInference(PassGraphs.Forward("[Dense(30, Activation.Relu)] [Dense(20)]", "40"))));

    private static string Phases(string layers) => Text(PassList.ForTraining(
        GradientBuilder.AddBackward(PassList.BeforeGradient(PassGraphs.Forward(layers, "40")))));

    private static string Text(OpGraph graph) => string.Join('\n', PhasePlanner.Plan(graph).Select(static phase =>
        $"{phase.Kind}: {string.Join(' ', phase.Ops.Select(static op => op.Kind.GetType().Name[..^"Op".Length]))}"));
}
