using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Recurrent layers at awkward sizes: 1, 2 and 17 steps, 1 to 33 units.</summary>
internal static class RecurrentNetworks
{
    public static readonly NetworkCase[] All = NetworkCase.Some(
    [
        Case("RnnPlain", [5, 3], Rnn(4), new DenseSketch(2)),
        Case("RnnOneStep", [1, 3], Rnn(17), new DenseSketch(2)),
        Case("RnnOneUnit", [17, 1], Rnn(1) with { ReturnSequences = true }, new DenseSketch(3)),
        Case("RnnStack", [6, 2], Rnn(16) with { ReturnSequences = true, RecurrentL1 = 0.05f }, Rnn(33) with { GoBackwards = true, ReturnSequences = true }, Rnn(3)),
        Case("RnnWide", [4, 2], Rnn(100), new DenseSketch(1)),
        Case("RnnRelu", [4, 3], Rnn(5) with { Activation = Activation.Softplus, UseBias = false }),

        Case("GruPlain", [5, 3], Gru(4), new DenseSketch(2)),
        Case("GruOneStep", [1, 3], Gru(17) with { ReturnSequences = true }, new DenseSketch(2)),
        Case("GruWide", [4, 2], Gru(60) with { GoBackwards = true }, new DenseSketch(1)),
        Case("GruLong", [17, 2], Gru(33) with { KernelL2 = 0.05f, BiasL2 = 0.1f }, new DenseSketch(1)),
        Case("GruStack", [6, 16], Gru(15) with { ReturnSequences = true, GoBackwards = true }, Gru(16)),
        Case("GruBefore", [5, 3], Gru(4) with { ResetAfter = false, ReturnSequences = true }, Gru(17) with { ResetAfter = false }),
        Case("GruWithoutBias", [3, 5], Gru(6) with { UseBias = false }, new DenseSketch(2)),
        Case("GruSwish", [4, 3], Gru(5) with { Activation = Activation.Swish, Gate = Activation.Softsign, ReturnSequences = true }),

        Case("LstmPlain", [5, 3], Lstm(4), new DenseSketch(2)),
        Case("LstmOneStep", [1, 3], Lstm(17) with { ReturnSequences = true }, new DenseSketch(2)),
        Case("LstmWide", [5, 2], Lstm(50), new DenseSketch(1)),
        Case("LstmTwoSteps", [2, 33], Lstm(1), new DenseSketch(2)),
        Case("LstmLong", [17, 2], Lstm(33) with { KernelL2 = 0.05f }, new DenseSketch(1)),
        Case("LstmStack", [6, 4], Lstm(16) with { ReturnSequences = true }, Lstm(15) with { GoBackwards = true }),
        Case("LstmGelu", [4, 3], Lstm(5) with { Activation = Activation.Gelu, UseBias = false, ReturnSequences = true }),
        Case("LstmInside", [6, 3], new DenseSketch(7, Activation.Tanh), Lstm(5) with { ReturnSequences = true }, new LayerNormalizationSketch(), new FlattenSketch(), new DenseSketch(2)),

        Case("BothConcat", [5, 3], Lstm(4) with { Bidirectional = BidirectionalMerge.Concat, ReturnSequences = true }, Gru(17) with { Bidirectional = BidirectionalMerge.Concat }, new DenseSketch(2)),
        Case("BothSum", [4, 3], Rnn(5) with { Bidirectional = BidirectionalMerge.Sum, ReturnSequences = true }, Lstm(3) with { Bidirectional = BidirectionalMerge.Ave }),
        Case("BothMul", [4, 3], Gru(5) with { Bidirectional = BidirectionalMerge.Mul, GoBackwards = true, ReturnSequences = true }, new DenseSketch(2)),

        Case("DropInputs", [5, 7], Lstm(6) with { Dropout = 0.4f }, new DenseSketch(2)),
        Case("DropStates", [4, 3], Gru(6) with { RecurrentDropout = 0.4f, ReturnSequences = true }, Lstm(5) with { RecurrentDropout = 0.3f }),
        Case("DropBoth", [4, 5], Lstm(17) with { Dropout = 0.3f, RecurrentDropout = 0.4f, Bidirectional = BidirectionalMerge.Concat }, new DenseSketch(2)),
        Case("DropBefore", [4, 5], Gru(6) with { Dropout = 0.3f, RecurrentDropout = 0.4f, ResetAfter = false }, new DenseSketch(2)),
        Case("DropRnn", [3, 4], Rnn(5) with { Dropout = 0.3f, RecurrentDropout = 0.2f }),
    ]);

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static RecurrentSketch Rnn(int units) => new("SimpleRNN", units);

    private static RecurrentSketch Gru(int units) => new("GRU", units);

    private static RecurrentSketch Lstm(int units) => new("LSTM", units);

    private static NetworkCase Case(string name, int[] input, params LayerSketch[] layers) =>
        new(new Blueprint(name, input, layers), new ReferenceMeanSquaredError());
}
