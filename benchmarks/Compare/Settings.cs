namespace Unroll.Benchmarks;

/// <summary>What to measure, and how long.</summary>
internal sealed record Settings
{
    /// <summary>Threads of every side.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Processors to stay on; empty: all.</summary>
    public IReadOnlyList<int> Processors { get; init; } = [];

    /// <summary>Turns of an alternation.</summary>
    public int Turns { get; init; } = 15;

    /// <summary>About how long one measurement takes.</summary>
    public double Seconds { get; init; } = 0.05;

    /// <summary>A smoke run: everything once, nothing to rely on.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether to compare with PyTorch and ONNX Runtime.</summary>
    public bool Peers { get; init; } = true;

    /// <summary>Where the peers' harnesses are.</summary>
    public string PeersFolder { get; init; } = "";

    /// <summary>MNIST's four IDX files; null: random images.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The file whose run to replace.</summary>
    public string? Markdown { get; init; }

    /// <summary>The sections to run.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Images of an epoch of <c>Fit</c>.</summary>
    public int EpochSamples => Quick ? 2_000 : 60_000;
}
