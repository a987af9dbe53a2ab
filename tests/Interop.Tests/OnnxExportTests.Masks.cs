using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Unroll.Tests;

namespace Unroll.Interop.Tests;

/// <content>Networks with masks.</content>
public sealed partial class OnnxExportTests
{
    /// <summary>What stands behind a mask.</summary>
    public static TheoryData<string> Masked => SlowTests.Some<string>(
    [
        "[Masking] [LSTM(4, ReturnSequences = true)] [GRU(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [Dense(4, Activation.Tanh)] [GlobalAveragePooling1D]",
        "[Masking] [GRU(3, GoBackwards = true, ReturnSequences = true)] [Dropout(0.2f)] [GlobalAveragePooling1D(KeepDims = true)]",
        "[Masking] [SimpleRNN(4, ReturnSequences = true)] [BatchNormalization] [LSTM(3, Bidirectional = BidirectionalMerge.Ave)]",
        "[Masking] [LSTM(3, ZeroOutputForMask = true, ReturnSequences = true)] [GRU(3, ZeroOutputForMask = true)]",
        "[Masking] [GRU(3, ZeroOutputForMask = true, GoBackwards = true)]",
        "[Masking] [GRU(3, ZeroOutputForMask = true, Bidirectional = BidirectionalMerge.Concat)]",
        "[Masking] [GRU(3, GoBackwards = true, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [LSTM(2, GoBackwards = true, Bidirectional = BidirectionalMerge.Sum)]",
        "[Masking(Name = \"m\")] [Concatenate(\"m\", \"input\", Axis = 1)] [LSTM(3)]",
        "[Masking(Name = \"m\")] [Dense(3, Name = \"d\")] [Masking(0.5f, From = \"input\", Name = \"n\")] [Concatenate(\"d\", \"n\")] [LSTM(3)]",
        "[Masking] [TimeDistributed<Each>] [LSTM(3)]",
        "[Flatten] [Dense(3, Name = \"h\")] [Masking(From = \"input\")] [GRU(3, InitialState = [\"h\"], ReturnSequences = true)] [Flatten]",
        "[Flatten] [Dense(3, Name = \"h\")] [Masking(From = \"input\")] [LSTM(3, InitialState = [\"h\", \"h\", \"h\", \"h\"], Bidirectional = BidirectionalMerge.Sum)]",
        "[Masking(Name = \"m\")] [MultiHeadAttention(2, 3, Causal = true)] [Add(\"\", \"m\")] [MultiHeadAttention(1, 4)] [GlobalAveragePooling1D]",
    ]);

    public static TheoryData<string> Merges => SlowTests.Some<string>(["Multiply", "Add", "Average", "Maximum", "Minimum"]);

    /// <summary>Of three samples one has its masked steps last, one between others, and one nothing else.</summary>
    [Theory]
    [MemberData(nameof(Masked))]
    public void MaskedStepsDoNotCount(string layers) => CheckMasked(layers);

    /// <summary>Two masks that differ, one and the same, and one beside a value without: behind a convolution a step is masked where the one before is too.</summary>
    [Theory]
    [MemberData(nameof(Merges))]
    public void MasksMeet(string merge)
    {
        const string Before = "[Masking(Name = \"m\")] [Dense(3, Name = \"d\")] "
            + "[Conv1D(3, 2, Padding = Padding.Causal, UseBias = false, From = \"input\")] [Masking(Name = \"n\")] [Dense(3, Activation.Tanh, Name = \"e\")] ";
        const string Alone = "[Dense(3, From = \"input\", Name = \"u\")] ";
        const string Mean = " [GlobalAveragePooling1D]";
        CheckMasked($"{Before}[{merge}(\"d\", \"e\")]{Mean}");
        CheckMasked($"[Masking] [Dense(3, Name = \"d\")] [Activate(Activation.Tanh, Name = \"e\")] [{merge}(\"d\", \"e\")] [Flatten]");
        CheckMasked($"{Before}{Alone}[{merge}(\"d\", \"u\", \"e\")]{Mean}");
        CheckMasked($"{Before}{Alone}[{merge}(\"d\", \"u\")] [Add(\"\", \"e\")] [Flatten]");
    }

    [Fact]
    public void MaskedIdsDoNotCount()
    {
        var network = new TestNetwork("[Network(5)] [Embedding(6, 3, MaskZero = true)] [GRU(4)] [Dense(2)]");
        using InferenceSession session = Open(network, out _);
        float[] ids = [0, 5, 2, 0, 1, 3, 4, 0, 0, 0];

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(ids, [2, 5]))]);

        AssertClose(network.Predict(ids), [results[0].AsTensor<float>().ToArray()], "ids");
    }

    private void CheckMasked(string layers)
    {
        var network = new TestNetwork($"[Network(6, 2)] {layers}", "[Block] [Dense(4)] [Reshape(2, 2)] [Flatten] public sealed partial class Each;");
        using InferenceSession session = Open(network, out _);
        float[] inputs = network.Numbers(3 * 6 * 2);
        foreach (int step in new[] { 4, 5, 6 + 1, 6 + 2, 12, 13, 14, 15, 16, 17 })
        {
            inputs.AsSpan(2 * step, 2).Clear();
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(inputs, [3, 6, 2]))]);

        AssertClose(network.Predict(inputs), [results[0].AsTensor<float>().ToArray()], layers);
    }
}
