using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Attention at awkward sizes, and encoders of it.</summary>
internal static class AttentionNetworks
{
    public static readonly NetworkCase[] All =
    [
        Case("AttendPlain", [3, 4], new AttentionSketch(2, 3)),
        Case("AttendOneStep", [1, 5], new AttentionSketch(3, 2), new DenseSketch(2)),
        Case("AttendOneFeature", [2, 1], new AttentionSketch(1, 1)),
        Case("AttendWholeHeads", [7, 5], new AttentionSketch(2, 16), new FlattenSketch(), new DenseSketch(3)),
        Case("AttendManySteps", [17, 3], new DenseSketch(15, Activation.Tanh), new AttentionSketch(3, 17, ValueDim: 5), new DenseSketch(2)),
        Case("AttendWideSteps", [33, 2], new AttentionSketch(1, 4, Causal: true), new DenseSketch(1)),
        Case("AttendCausal", [5, 6], new AttentionSketch(2, 3, Causal: true), new AttentionSketch(4, 1, ValueDim: 33, Causal: true)),
        Case("AttendWithoutBias", [4, 16], new AttentionSketch(2, 8, UseBias: false, OutputDim: 17) { KernelL2 = 0.05f }, new FlattenSketch(), new DenseSketch(2)),
        Case("AttendDropped", [5, 3], new AttentionSketch(2, 3, Dropout: 0.3f), new DenseSketch(2)),
        Case("AttendDroppedCausal", [17, 2], new AttentionSketch(2, 2, Dropout: 0.4f, Causal: true), new DropoutSketch(0.1f), new DenseSketch(2)),
        Case("AttendWideHead", [1, 3], new AttentionSketch(1, 256), new DenseSketch(2)),
        Case("AttendWideScores", [256, 2], new AttentionSketch(1, 1)),
        Case("Encoder", [6, 8], Encode("First"), Encode("Second"), new LayerNormalizationSketch(), new FlattenSketch(), new DenseSketch(3)),
    ];

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static BlockSketch Encode(string name) => new(
        name,
        IsResidual: false,
        new BlockSketch(name + "Attend", IsResidual: true, new LayerNormalizationSketch(), new AttentionSketch(2, 4)),
        new BlockSketch(name + "Forward", IsResidual: true, new LayerNormalizationSketch(), new DenseSketch(12, Activation.Gelu), new DenseSketch(8)));

    private static NetworkCase Case(string name, int[] input, params LayerSketch[] layers) =>
        new(new Blueprint(name, input, layers), new ReferenceMeanSquaredError());
}
