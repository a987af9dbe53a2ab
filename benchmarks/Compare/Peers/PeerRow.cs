namespace Unroll.Benchmarks;

/// <summary>One row of the comparison with the peers.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Shape">The network.</param>
/// <param name="Batch">Samples at a time.</param>
/// <param name="Target">The least ratio of the peer's time to ours.</param>
internal sealed record PeerRow(WorkKind Kind, string Shape, int Batch, double Target)
{
    /// <summary>The targets.</summary>
    public static IReadOnlyList<PeerRow> All { get; } =
    [
        new(WorkKind.Predict, "4-16-3", 1, 100),
        new(WorkKind.Predict, "13-64-64-1", 1, 20),
        new(WorkKind.Predict, "784-128-10", 1, 2),
        new(WorkKind.Predict, "784-128-10", 256, 1.1),
        new(WorkKind.Predict, "784-512-512-10", 256, 1.1),
        new(WorkKind.Predict, "1024-1024-1024", 256, 1.1),
        new(WorkKind.Train, "4-16-3", 32, 150),
        new(WorkKind.Train, "784-128-10", 32, 6),
        new(WorkKind.Train, "784-128-10", 128, 2.5),
        new(WorkKind.Train, "784-512-512-10", 256, 1.8),
        new(WorkKind.Train, "1024-1024-1024", 256, 1.6),
        new(WorkKind.Epoch, "784-128-10", 32, 6),
    ];

    public string Description => Kind switch
    {
        WorkKind.Predict when Batch == 1 => $"one sample, {Shape}",
        WorkKind.Predict => $"batch {Batch}, {Shape}",
        WorkKind.Train => $"training step with Adam, {Shape}, batch {Batch}",
        _ => $"MNIST epoch through `Fit`, {Shape}, batch {Batch}",
    };

    /// <summary>Multiply-adds a sample.</summary>
    public long MultiplyAdds => Kind == WorkKind.Predict ? Perceptron.Of(Shape).MultiplyAdds : Perceptron.Of(Shape).TrainingMultiplyAdds;

    public PeerProcess? PeerOf(PeerSet peers) => Kind == WorkKind.Predict ? peers.OnnxRuntime : peers.PyTorch;

    public string PeerName => Kind == WorkKind.Predict ? "ONNX Runtime" : "PyTorch";
}
