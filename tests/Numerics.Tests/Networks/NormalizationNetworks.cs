using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Normalization in every place: what it can be folded into, what it cannot, and what stands around it.</summary>
internal static class NormalizationNetworks
{
    private static readonly BatchNormalizationSketch s_batch = new();
    private static readonly LayerNormalizationSketch s_layer = new();
    private static readonly DenseSketch s_relu17 = new(17, Activation.Relu);
    private static readonly DenseSketch s_tanh16 = new(16, Activation.Tanh);

    public static readonly NetworkCase[] All = NetworkCase.Some(
    [
        Case("BatchFirst", [17], s_batch, new DenseSketch(5)),
        Case("BatchFirstWithoutBias", [3], s_batch, new DenseSketch(33, UseBias: false), new DenseSketch(2)),
        Case("BatchOnly", [3], s_batch),
        Case("BatchLast", [5], s_relu17, s_batch),
        Case("BatchAfterProduct", [5], new DenseSketch(33), s_batch, new ActivateSketch(Activation.Tanh), new DenseSketch(3)),
        Case("BatchAfterProductWithoutBias", [5], new DenseSketch(15, UseBias: false), s_batch, new ActivateSketch(Activation.Tanh), new DenseSketch(1)),
        Case("BatchAfterActivation", [5], s_relu17, s_batch, new DenseSketch(3)),
        Case("BatchOnBothSides", [5], s_tanh16, s_batch, new DenseSketch(17), s_batch, new ActivateSketch(Activation.Tanh), new DenseSketch(3)),
        Case("BatchTwice", [5], s_tanh16, s_batch, s_batch, new DenseSketch(3)),
        Case("BatchBetweenDropout", [5], s_relu17, new DropoutSketch(0.3f), s_batch, new DropoutSketch(0.2f), new DenseSketch(3)),
        Case("BatchWithoutScale", [5], s_relu17, new BatchNormalizationSketch(Scale: false), new DenseSketch(3)),
        Case("BatchWithoutCenter", [5], s_relu17, new BatchNormalizationSketch(Center: false, Epsilon: 0.1f), new DenseSketch(3)),
        Case("BatchWithoutBoth", [5], new DenseSketch(1), new BatchNormalizationSketch(Scale: false, Center: false), new DenseSketch(3)),
        Case("BatchBeforeNarrow", [5], new DenseSketch(33, Activation.Sigmoid), new BatchNormalizationSketch(), new DenseSketch(1)),
        Case("BatchAfterNarrow", [40], new DenseSketch(2), new BatchNormalizationSketch(), new DenseSketch(3)),
        Case("BatchPenalties", [5], s_relu17, new BatchNormalizationSketch { GammaL1 = 0.1f, GammaL2 = 0.2f, BetaL1 = 0.3f, BetaL2 = 0.4f }, new DenseSketch(3)),
        Case("BatchRank2", [3, 5], new DenseSketch(17), s_batch, s_tanh16, s_batch),
        Case("BatchRank3First", [2, 3, 5], s_batch, new DenseSketch(4)),
        Case("BatchBeforeFlatten", [3, 5], s_tanh16, s_batch, new FlattenSketch(), new DenseSketch(4)),
        Case("BatchAfterFlatten", [3, 5], s_tanh16, new FlattenSketch(), s_batch, new DenseSketch(4)),
        Case("BatchWide", [5], new DenseSketch(100), s_batch, new DenseSketch(3)),
        CaseOf("BatchSoftmax", new ReferenceSparseCategoricalCrossentropy(Clipped: false), [5], s_relu17, s_batch, new DenseSketch(10, Activation.Softmax)),
        CaseOf("BatchAtLogits", new ReferenceSparseCategoricalCrossentropy(Clipped: false), [5], new DenseSketch(10), s_batch, new ActivateSketch(Activation.Softmax)),
        CaseOf("BatchAtSigmoid", new ReferenceBinaryCrossentropy(Clipped: false), [5], s_batch, new DenseSketch(3, UseBias: false), s_batch, new ActivateSketch(Activation.Sigmoid)),

        Case("LayerFirst", [17], s_layer, new DenseSketch(5)),
        Case("LayerOneColumn", [5], new DenseSketch(1), s_layer, new DenseSketch(3)),
        Case("LayerThree", [5], new DenseSketch(3), s_layer, new ActivateSketch(Activation.Tanh), new DenseSketch(3)),
        Case("LayerWhole", [5], new DenseSketch(32), s_layer, new DenseSketch(15), s_layer),
        Case("LayerPlain", [5], s_relu17, new LayerNormalizationSketch(Scale: false, Center: false, Epsilon: 0.1f), new DenseSketch(3)),
        Case("LayerWithoutCenter", [5], s_relu17, new LayerNormalizationSketch(Center: false), new DenseSketch(33), new LayerNormalizationSketch(Scale: false)),
        Case("LayerPenalties", [5], s_relu17, new LayerNormalizationSketch { GammaL1 = 0.1f, BetaL2 = 0.4f }, new DenseSketch(3)),
        Case("LayerRank3", [2, 3, 5], s_layer, s_relu17, s_layer, new DenseSketch(3)),
        Case("LayerAfterPadding", [5], new DenseSketch(7, Activation.Exponential), new ActivateSketch(Activation.Sigmoid), s_layer, new DenseSketch(2)),

        Case("Statistics", [5], new NormalizationSketch(), s_relu17, new NormalizationSketch(), new DenseSketch(3)),
        Case("StatisticsRank2", [3, 5], new NormalizationSketch(), new FlattenSketch(), new DenseSketch(3), new NormalizationSketch()),
        Case("Rescaled", [3, 5], new RescalingSketch(0.5f, -1f), s_relu17, new RescalingSketch(-2f), new DenseSketch(3), new RescalingSketch(0.25f, 2f)),

        // Rows of whole cache lines are read where the caller has them.
        Case("BatchFirstWhole", [32], s_batch, new DenseSketch(5)),
        Case("LayerFirstWhole", [48], s_layer, new DenseSketch(5)),
        Case("StatisticsWhole", [2, 16], new NormalizationSketch(), new FlattenSketch(), new DenseSketch(3)),
        Case("RescaledWhole", [16], new RescalingSketch(0.5f, -1f), s_relu17, new DenseSketch(3)),
        Case("RescaledWholeOnly", [16], new RescalingSketch(0.5f, -1f)),
        Case("RescaledReshaped", [4, 8], new ReshapeSketch(2, 16), new RescalingSketch(0.5f, -1f), new DenseSketch(3)),
        Case("ResidualOfWholeInput", [16], Residual("WholeBody", new DenseSketch(16, Activation.Tanh)), new DenseSketch(3)),

        // The fold must see who else reads a product.
        Case("ResidualBatch", [16], s_tanh16, Residual("BatchBody", s_batch, new DenseSketch(16), s_batch), new DenseSketch(3)),
        Case("ResidualOverProduct", [5], s_batch, new DenseSketch(16, UseBias: false), Residual("TanhBody", new ActivateSketch(Activation.Tanh)), new DenseSketch(3)),
        Case("ResidualOfNormalized", [17], s_batch, Residual("DenseBody", new DenseSketch(17, Activation.Relu)), s_batch, new DenseSketch(3)),
        Case("ResidualOfInput", [3, 5], Residual("InputBody", s_tanh16, new DenseSketch(5)), new DenseSketch(3)),
        Case("ResidualLayer", [5], Residual("LayerBody", s_layer, s_tanh16, new DenseSketch(5)), s_layer),
        Case("ResidualNested", [5], Residual("OuterBody", new DenseSketch(17), Residual("InnerBody", s_batch, new ActivateSketch(Activation.Relu), new DropoutSketch(0.2f), new DenseSketch(17)), new DenseSketch(5)), new DenseSketch(2)),
        Case("ResidualOfNoise", [5], s_relu17, Residual("NoiseBody", new DropoutSketch(0.4f)), new DenseSketch(2)),
        Case("ResidualOfNothing", [5], new DenseSketch(17), Residual("NothingBody", new ActivateSketch(Activation.Linear)), s_batch, new DenseSketch(2)),
        Case("UsedBlock", [5], new BlockSketch("UsedBody", IsResidual: false, s_relu17, s_batch, new DenseSketch(5)), new DenseSketch(2)),
        CaseOf("ResidualSoftmax", new ReferenceSparseCategoricalCrossentropy(Clipped: false), [10], Residual("SoftBody", new DenseSketch(10, Activation.Softmax)), new ActivateSketch(Activation.Softmax)),
    ]);

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static NetworkCase Case(string name, int[] input, params LayerSketch[] layers) => CaseOf(name, new ReferenceMeanSquaredError(), input, layers);

    private static NetworkCase CaseOf(string name, ReferenceLoss loss, int[] input, params LayerSketch[] layers) => new(new Blueprint(name, input, layers), loss);

    private static BlockSketch Residual(string block, params LayerSketch[] body) => new(block, IsResidual: true, body);
}
