using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Layers that move elements, rectifiers with slopes and coefficients, noise, penalties on activities.</summary>
internal static class LayerNetworks
{
    private static readonly DenseSketch s_tanh17 = new(17, Activation.Tanh);
    private static readonly ActivityRegularizationSketch s_activity = new(0.03f, 0.02f);
    private static readonly ReferenceLoss s_sparse = new ReferenceSparseCategoricalCrossentropy(Clipped: false);

    // Vectors of 272 values fill what lies between those of 256, in memory that both use in turn.
    private static readonly NetworkCase[] s_gaps =
    [
        Case("GapsAndNormalization", [5], new DenseSketch(272, Activation.Tanh), new DenseSketch(256), new LayerNormalizationSketch(), new DenseSketch(3)),
        Case("GapsAndLogSoftmax", [5], new DenseSketch(272, Activation.Tanh), new DenseSketch(256, Activation.LogSoftmax), new DenseSketch(3)),
    ];

    public static readonly NetworkCase[] All = [.. s_gaps, .. NetworkCase.Some(
    [
        // Padding before, after, on both sides and nowhere; of the caller's rows, of a product's, at the end.
        Case("ReshapeInput", [12], new ReshapeSketch(3, 4), new DenseSketch(5)),
        Case("ReshapePadded", [3], s_tanh17, new ReshapeSketch(17, 1), new DenseSketch(2), new ReshapeSketch(2, -1), new DenseSketch(3)),
        Case("ReshapeWhole", [3], new DenseSketch(32, Activation.Tanh), new ReshapeSketch(2, 16), new DenseSketch(3), new ReshapeSketch(-1)),
        Case("ReshapeTwice", [2, 6], new ReshapeSketch(3, 4), new ReshapeSketch(2, 2, 3), new DenseSketch(5), new ReshapeSketch(4, 5)),
        Case("PermuteInput", [3, 5], new PermuteSketch(2, 1), new DenseSketch(4)),
        Case("PermuteIdentity", [3, 5], s_tanh17, new PermuteSketch(1, 2), new DenseSketch(2)),
        Case("PermuteBack", [17, 3], new DenseSketch(33, Activation.Tanh), new PermuteSketch(2, 1), new DenseSketch(5), new PermuteSketch(2, 1)),
        Case("Permute132", [2, 3, 5], new DenseSketch(17), new PermuteSketch(1, 3, 2), new DenseSketch(4)),
        Case("Permute213", [2, 3, 5], new DenseSketch(17), new PermuteSketch(2, 1, 3), new DenseSketch(4)),
        Case("Permute231", [2, 3, 5], new DenseSketch(17), new PermuteSketch(2, 3, 1), new DenseSketch(4)),
        Case("Permute312", [2, 3, 5], new DenseSketch(17), new PermuteSketch(3, 1, 2), new DenseSketch(4)),
        Case("Permute321", [2, 3, 5], new PermuteSketch(3, 2, 1), new DenseSketch(4), new PermuteSketch(3, 2, 1)),
        Case("RepeatInput", [3], new RepeatVectorSketch(4), new DenseSketch(5), new FlattenSketch(), new DenseSketch(2)),
        Case("RepeatPadded", [3], s_tanh17, new RepeatVectorSketch(1), new PermuteSketch(2, 1), new DenseSketch(2)),
        Case("RepeatMany", [5], new DenseSketch(16, Activation.Tanh), new RepeatVectorSketch(7), new DenseSketch(3)),

        Case("PadInput", [3, 5], new ZeroPadding1DSketch(1, 2), new DenseSketch(4)),
        Case("PadOnOneSide", [2, 17], new DenseSketch(33, Activation.Tanh), new ZeroPadding1DSketch(0, 3), new DenseSketch(5), new ZeroPadding1DSketch(2, 0), new FlattenSketch(), new DenseSketch(3)),
        Case("PadNothing", [3, 1], s_tanh17, new ZeroPadding1DSketch(0, 0), new DenseSketch(16)),
        Case("PadLast", [3, 5], new DenseSketch(15, Activation.Sigmoid), new ZeroPadding1DSketch(1, 1)),

        Case("SlopesFirst", [17], new PReluSketch(), new DenseSketch(3)),
        Case("Slopes", [5], new DenseSketch(33), new PReluSketch(), new DenseSketch(15), new PReluSketch(SlopeL1: 0.1f, SlopeL2: 0.2f), new DenseSketch(1)),
        Case("SlopesRank2", [3, 5], new DenseSketch(17), new PReluSketch(SlopeL2: 0.1f), new DenseSketch(2)),
        Case("SlopesRank3", [2, 3, 5], new PReluSketch(), new DenseSketch(16), new PReluSketch(), new FlattenSketch()),
        Case("SlopesLast", [5], new DenseSketch(16), new PReluSketch(), new BatchNormalizationSketch(), new PReluSketch()),

        Case("Coefficients", [17], Chained(Scaled(Activation.Elu, "Alpha", 0.5f), Scaled(Activation.Celu, "Alpha", 2f), Scaled(Activation.LeakyRelu, "NegativeSlope", 0.1f))),
        Case("Shrinks", [17], Chained(Scaled(Activation.SoftShrink, "Lambda", 0.1f), Scaled(Activation.HardShrink, "Lambda", 0.2f), Scaled(Activation.Squareplus, "B", 0.5f))),
        Case("Rectifiers", [17], Chained(new LeakyReluSketch(0.3f), new ThresholdedReluSketch(0.25f), Scaled(Activation.ThresholdedRelu, "Theta", 0f))),
        Case("Limits", [17], Chained(Scaled(Activation.Elu, "Alpha", 0f), Scaled(Activation.SoftShrink, "Lambda", 0f), Scaled(Activation.LeakyRelu, "NegativeSlope", 0f))),

        Case("NoiseFirst", [3, 5], new GaussianNoiseSketch(0.5f), s_tanh17, new DenseSketch(3)),
        Case("NoiseInside", [5], new DenseSketch(33, Activation.Tanh), new GaussianNoiseSketch(0.3f), new DenseSketch(15, Activation.Tanh), new GaussianNoiseSketch(0.2f)),
        Case("FactorInside", [5], s_tanh17, new GaussianDropoutSketch(0.4f), new DenseSketch(3), new GaussianDropoutSketch(0.2f)),
        Case("AlphaInside", [5], new DenseSketch(17, Activation.Selu), new AlphaDropoutSketch(0.3f), new DenseSketch(3, Activation.Selu), new AlphaDropoutSketch(0.1f)),
        Case("NoiseOfEveryKind", [3, 5], new GaussianNoiseSketch(0.1f), new GaussianDropoutSketch(0.1f), new AlphaDropoutSketch(0.1f), new DropoutSketch(0.1f), s_tanh17, new DenseSketch(3)),
        Case("NoiseInRepeatedBlocks", [5], new BlockSketch("NoisyBody", IsResidual: true, s_tanh17, new DropoutSketch(0.3f), new GaussianNoiseSketch(0.1f), new DenseSketch(5)), new BlockSketch("NoisyAgain", IsResidual: true, new DropoutSketch(0.3f), new AlphaDropoutSketch(0.2f))),

        Case("ActivityFirst", [3, 5], s_activity, new DenseSketch(3)),
        Case("ActivityInside", [5], new DenseSketch(17, Activation.Relu), s_activity, new DenseSketch(3)),
        Case("ActivityOfProduct", [5], new DenseSketch(17), s_activity, new ActivateSketch(Activation.Relu), new DenseSketch(3)),
        Case("ActivityL1", [3, 5], new DenseSketch(17, Activation.Relu), new ActivityRegularizationSketch(0.01f, 0f), new FlattenSketch(), new DenseSketch(3)),
        Case("ActivityL2Twice", [5], s_tanh17, new ActivityRegularizationSketch(0f, 0.01f), new ActivityRegularizationSketch(0f, 0.02f), new DenseSketch(3)),
        Case("ActivityLast", [5], new DenseSketch(3), s_activity),
        Case("ActivityOfNormalized", [5], new DenseSketch(17), new BatchNormalizationSketch(), s_activity, new DenseSketch(3)),
        Case("ActivityInResidual", [5], s_tanh17, new BlockSketch("ActiveBody", IsResidual: true, s_activity, new DenseSketch(17, Activation.Relu), s_activity), new DenseSketch(2)),
        CaseOf("ActivityOfSoftmax", s_sparse, [5], new DenseSketch(10, Activation.Softmax), s_activity),
        CaseOf("ActivityOfLogits", s_sparse, [5], new DenseSketch(10), s_activity, new ActivateSketch(Activation.Softmax)),
        CaseOf("ActivityOfSigmoid", new ReferenceBinaryCrossentropy(Clipped: false), [5], new DenseSketch(3, Activation.Sigmoid), s_activity),

        // Rows of whole cache lines are read where the caller has them.
        Case("WholeNoise", [32], new GaussianNoiseSketch(0.1f), new DropoutSketch(0.2f), new DenseSketch(3)),
        Case("WholeNoiseOnly", [16], new DropoutSketch(0.2f)),
        Case("WholeReshapeOnly", [16], new ReshapeSketch(1, 16), new DropoutSketch(0.2f)),
        Case("WholeSlopes", [32], new PReluSketch(), new DenseSketch(3)),
        Case("WholePermute", [16, 32], new PermuteSketch(2, 1), new DenseSketch(4)),
        Case("WholeRepeat", [16], new RepeatVectorSketch(4), new DenseSketch(5)),
        Case("WholePad", [2, 16], new ZeroPadding1DSketch(1, 2), new DenseSketch(4)),
        Case("WholeActivity", [16], s_activity, new DenseSketch(3)),
        Case("WholeReshape", [3, 32], new ReshapeSketch(6, 16), new PReluSketch(), new DenseSketch(3), new FlattenSketch(), new DenseSketch(2)),

        // Vectors of 256 values lie further apart than their own length, the rows of a matrix do not.
        Case("WideRows", [256], new DenseSketch(256, Activation.Tanh), new PReluSketch(SlopeL2: 0.1f), s_activity, new DenseSketch(512), new ActivateSketch(Activation.Sigmoid), new DenseSketch(3)),
        Case("WideInput", [256], new GaussianNoiseSketch(0.1f), new PReluSketch(), new DropoutSketch(0.2f), new DenseSketch(3)),
        Case("WideReshape", [256], new ReshapeSketch(16, 16), new DenseSketch(16, Activation.Tanh), new FlattenSketch(), new DenseSketch(256, Activation.Tanh), new ReshapeSketch(2, 128), new DenseSketch(3), new FlattenSketch(), new DenseSketch(2)),
        Case("WideMatrix", [2, 256], new DenseSketch(256, Activation.Tanh), new PReluSketch(), new ReshapeSketch(512), new DenseSketch(3)),
        Case("WideRepeat", [3], new DenseSketch(256, Activation.Tanh), new RepeatVectorSketch(2), new DenseSketch(256), new FlattenSketch(), new DenseSketch(3)),
        Case("WideRepeatOnce", [3], new DenseSketch(256, Activation.Tanh), new RepeatVectorSketch(1), new PermuteSketch(2, 1), new DenseSketch(2)),
        Case("WidePad", [1, 5], new DenseSketch(256, Activation.Tanh), new ZeroPadding1DSketch(1, 1), new DenseSketch(3)),
        Case("WidePadNothing", [1, 5], new DenseSketch(256, Activation.Tanh), new ZeroPadding1DSketch(0, 0), new DenseSketch(3)),
        Case("WideNoise", [5], new DenseSketch(256, Activation.Tanh), new DropoutSketch(0.3f), new AlphaDropoutSketch(0.1f), new DenseSketch(256, Activation.Selu), new GaussianDropoutSketch(0.2f), new DenseSketch(3)),
        Case("WideNormalizations", [256], new NormalizationSketch(), new DenseSketch(256), new BatchNormalizationSketch(), new ActivateSketch(Activation.Tanh), new LayerNormalizationSketch(), new BlockSketch("WideBody", IsResidual: true, new DenseSketch(256, Activation.Tanh), new BatchNormalizationSketch()), new DenseSketch(3)),
        Case("WideOutput", [3], new DenseSketch(256, Activation.LogSoftmax)),
        CaseOf("WideSoftmax", s_sparse, [3], new DenseSketch(256, Activation.Softmax)),
        CaseOf("WideSigmoid", new ReferenceBinaryCrossentropy(Clipped: false), [3], new DenseSketch(512, Activation.Sigmoid)),

        // Padding is not 0 behind a sigmoid: its penalty must not reach the sums over a vector, nor the padding of a kernel.
        Case("ActivityOverPadding", [5], new DenseSketch(3), new LayerNormalizationSketch(), new ActivateSketch(Activation.Sigmoid), s_activity, new DenseSketch(3)),
        Case("StatisticsOverPadding", [5], new DenseSketch(3, Activation.Sigmoid), new NormalizationSketch(), new ActivateSketch(Activation.Exponential), new DenseSketch(3)),
        Case("ActivityOverSoftmax", [5], new DenseSketch(3, Activation.LogSoftmax), new ActivateSketch(Activation.Sigmoid), s_activity, new DenseSketch(3)),
    ])];

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static CoefficientSketch Scaled(Activation activation, string property, float value) => new(activation, property, value);

    // Each behind a product, so that values lie on all sides of its kinks.
    private static LayerSketch[] Chained(params LayerSketch[] layers) => [.. layers.SelectMany(static layer => new[] { new DenseSketch(17), layer })];

    private static NetworkCase Case(string name, int[] input, params LayerSketch[] layers) => CaseOf(name, new ReferenceMeanSquaredError(), input, layers);

    private static NetworkCase CaseOf(string name, ReferenceLoss loss, int[] input, params LayerSketch[] layers) => new(new Blueprint(name, input, layers), loss);
}
