using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Blocks applied to every step of sequences: of vectors, of pictures, of sequences.</summary>
internal static class TimeDistributedNetworks
{
    public static readonly NetworkCase[] All =
    [
        Case("EachDense", [5, 3], Each("DenseStep", new DenseSketch(17, Activation.Tanh), new DenseSketch(2)), new FlattenSketch(), new DenseSketch(2)),
        Case("EachOneStep", [1, 16], Each("OneStep", new DenseSketch(16, Activation.Relu)), new DenseSketch(1)),
        Case("EachWide", [3, 256], Each("WideStep", new DenseSketch(256, Activation.Tanh), new ActivateSketch(Activation.Swish)), new DenseSketch(2)),
        Case("EachBetween", [4, 5], new DenseSketch(17, Activation.Tanh), Each("BetweenStep", new DenseSketch(6, Activation.Softplus), new LayerNormalizationSketch()), new RecurrentSketch("GRU", 4)),
        Case("EachPicture", [3, 5, 4, 2], Each("Picture", Conv(3, 3), Conv(16, 2), new FlattenSketch(), new DenseSketch(5)), new RecurrentSketch("LSTM", 3), new DenseSketch(2)),
        Case("EachSignal", [4, 6, 2], Each("Signal", new ConvolutionSketch(3, [3]) { Activation = Activation.Tanh }, new GlobalPoolSketch(IsMax: false, 1)), new DenseSketch(2)),
        Case("EachSequence", [3, 4, 2], Each("Sequence", new RecurrentSketch("LSTM", 5) { ReturnSequences = true }, new RecurrentSketch("GRU", 4)), new DenseSketch(2)),
        Case("EachAttends", [3, 4, 6], Each("Attending", new AttentionSketch(2, 4), new LayerNormalizationSketch()), new FlattenSketch(), new DenseSketch(2)),
        Case("EachOfEach", [2, 3, 4], Each("Outer", Each("Inner", new DenseSketch(5, Activation.Tanh)), new FlattenSketch(), new DenseSketch(3)), new DenseSketch(2)),
        Case("EachBatch", [3, 4], Each("BatchStep", new DenseSketch(5), new BatchNormalizationSketch(), new ActivateSketch(Activation.Tanh)), new DenseSketch(2)),
        Case("EachDrops", [5, 7], Each("DropStep", new DropoutSketch(0.4f), new DenseSketch(5, Activation.Tanh), new GaussianNoiseSketch(0.3f), new GaussianDropoutSketch(0.3f)), new DenseSketch(2)),
        Case("EachDropsStates", [3, 4, 3], Each("DropCell", new RecurrentSketch("GRU", 5) { Dropout = 0.3f, RecurrentDropout = 0.4f }), new DenseSketch(2)),
        Case("EachActive", [3, 4], Each("ActiveStep", new DenseSketch(5, Activation.Tanh), new ActivityRegularizationSketch(0.02f, 0.03f)), new DenseSketch(2)),
        Case("EachSlope", [3, 4], Each("SlopeStep", new DenseSketch(17), new PReluSketch()), new DenseSketch(2)),
        new(
            new Blueprint("EachSoftmax", [4, 3], Each("SoftStep", new DenseSketch(5, Activation.Tanh), new DenseSketch(3, Activation.Softmax))),
            new ReferenceSparseCategoricalCrossentropy(Clipped: false)),
    ];

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static TimeDistributedSketch Each(string block, params LayerSketch[] body) => new(block, body);

    private static ConvolutionSketch Conv(int filters, int size) => new(filters, [size, size]) { Activation = Activation.Tanh };

    private static NetworkCase Case(string name, int[] input, params LayerSketch[] layers) =>
        new(new Blueprint(name, input, layers), new ReferenceMeanSquaredError());
}
