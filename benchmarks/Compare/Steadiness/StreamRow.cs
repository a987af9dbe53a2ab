namespace Unroll.Benchmarks;

/// <summary>One stream of the comparison with RTNeural.</summary>
/// <param name="Description">The layer before the dense output: values of a step, units, and of a convolution the steps of its kernel.</param>
/// <param name="Name">What RTNeural's harness calls it.</param>
/// <param name="Create">A new one.</param>
/// <param name="MultiplyAdds">Of a step, the dense output's too.</param>
/// <param name="Target">The least ratio of RTNeural's time to ours; null: none is asked for.</param>
internal sealed record StreamRow(string Description, string Name, Func<ModelStream> Create, int MultiplyAdds, double? Target)
{
    public static IReadOnlyList<StreamRow> All { get; } =
    [
        new("LSTM 1-8", "lstm-1-8", static () => new LstmStream8(seed: 1).CreateStream(), (9 * 32) + 8, null),
        new("LSTM 1-16", "lstm-1-16", static () => new LstmStream16(seed: 1).CreateStream(), (17 * 64) + 16, 5),
        new("LSTM 1-32", "lstm-1-32", static () => new LstmStream32(seed: 1).CreateStream(), (33 * 128) + 32, 3),
        new("LSTM 1-64", "lstm-1-64", static () => new LstmStream(seed: 1).CreateStream(), (65 * 256) + 64, 1.15),
        new("LSTM 1-64, BFloat16", "lstm-1-64", static () => new LstmStreamRounded(seed: 1).CreateStream(), (65 * 256) + 64, 1.4),
        new("GRU 1-16", "gru-1-16", static () => new GruStream16(seed: 1).CreateStream(), (17 * 48) + 16, 3),
        new("GRU 8-64", "gru-8-64", static () => new GruStream(seed: 1).CreateStream(), (72 * 192) + 64, 1.3),
        new("GRU 8-64, BFloat16", "gru-8-64", static () => new GruStreamRounded(seed: 1).CreateStream(), (72 * 192) + 64, 1.5),
        new("causal convolution 4-16@3", "conv-4-16-3", static () => new ConvolutionStream4(seed: 1).CreateStream(), (12 * 16) + 16, 2),
        new("causal convolution 16-16@3", "conv-16-16-3", static () => new ConvolutionStream16(seed: 1).CreateStream(), (48 * 16) + 16, 2),
    ];
}
