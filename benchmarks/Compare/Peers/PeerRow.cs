namespace Unroll.Benchmarks;

/// <summary>One line of the comparison with the peers.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The network.</param>
/// <param name="Batch">Samples at a time.</param>
/// <param name="Target">The least ratio of the faster peer's time to ours.</param>
internal sealed record PeerRow(WorkKind Kind, string Name, int Batch, double Target)
{
    /// <summary>Multilayer perceptrons.</summary>
    public static IReadOnlyList<PeerRow> Dense { get; } =
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

    /// <summary>Convolutions over images and signals.</summary>
    public static IReadOnlyList<PeerRow> Images { get; } =
    [
        .. Layered("mnist", 2.3, 1.12, 1.02),
        .. Layered("lenet", 2.5, 1.8, 1.5),
        .. Layered("cifar", 1.35, 1.1, 0.98),
        .. Layered("signal", 2.3, 1.8, 1.35),
    ];

    /// <summary>Recurrences and attention.</summary>
    public static IReadOnlyList<PeerRow> Sequences { get; } =
    [
        .. Layered("rows", 1.25, 1.2, 1.1),
        .. Layered("series", 3.8, 1.8, 1.5),
        .. Layered("text", 1.7, 2.5, 1.4),
        .. Layered("encoder", 2, 1.5, 1.1),
    ];

    public string Description => Kind switch
    {
        WorkKind.Predict when Batch == 1 => $"one sample, {Name}",
        WorkKind.Predict => $"batch {Batch}, {Name}",
        WorkKind.Train => $"training step with Adam, {Name}, batch {Batch}",
        _ => $"MNIST epoch through `Fit`, {Name}, batch {Batch}",
    };

    /// <summary>Multiply-adds a sample.</summary>
    public long MultiplyAdds => Kind == WorkKind.Predict ? BenchmarkNetwork.Of(Name).MultiplyAdds : BenchmarkNetwork.Of(Name).TrainingMultiplyAdds;

    private static IReadOnlyList<PeerRow> Layered(string name, double step, double one, double batch) =>
    [
        new(WorkKind.Train, name, 32, step),
        new(WorkKind.Predict, name, 1, one),
        new(WorkKind.Predict, name, 32, batch),
    ];
}
