using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>The peers of a run. One that cannot be compared with is null, and a note says why.</summary>
internal sealed class PeerSet : IDisposable
{
    private const string Setup = "benchmarks/peers/setup.sh installs it";

    // Debian's, whose torch is a package: not whatever other Python comes first on the path.
    private const string Python = "/usr/bin/python3";

    private readonly List<string> _notes = [];

    public PeerSet(Settings settings)
    {
        if (!settings.Peers)
        {
            _notes.Add("Without peers, as asked for.");
            return;
        }

        OnnxRuntime = TryStart("ONNX Runtime", () => StartOnnxRuntime(settings));
        PyTorch = TryStart("PyTorch", () => StartPyTorch(settings));
    }

    public PeerProcess? OnnxRuntime { get; }

    public PeerProcess? PyTorch { get; }

    /// <summary>What runs, and why what does not run does not.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Dispose()
    {
        OnnxRuntime?.Dispose();
        PyTorch?.Dispose();
    }

    private PeerProcess? TryStart(string name, Func<PeerProcess> start)
    {
        try
        {
            return start();
        }
        catch (PeerException exception)
        {
            _notes.Add($"{name} is missing: {exception.Message}");
            return null;
        }
    }

    private PeerProcess StartOnnxRuntime(Settings settings)
    {
        string folder = Path.Join(settings.PeersFolder, "bin");
        string harness = Path.Join(folder, "ort_mlp");
        if (!File.Exists(harness))
        {
            throw new PeerException($"{Setup}.");
        }

        var peer = new PeerProcess(
            harness,
            settings.Threads,
            Path.Join(folder, "libonnxruntime.so.1"),
            settings.Threads.ToString(CultureInfo.InvariantCulture),
            Path.Join(folder, "onnx"));
        _notes.Add($"{peer.Version}, through its C API.");
        return peer;
    }

    private PeerProcess StartPyTorch(Settings settings)
    {
        string threads = settings.Threads.ToString(CultureInfo.InvariantCulture);
        string harness = Path.Join(settings.PeersFolder, "torch_mlp.py");
        PeerProcess peer;
        try
        {
            peer = settings.DataFolder is string data
                ? new PeerProcess(Python, settings.Threads, harness, "--threads", threads, "--data", data)
                : new PeerProcess(Python, settings.Threads, harness, "--threads", threads);
        }
        catch (PeerException exception)
        {
            throw new PeerException($"{exception.Message} {Setup}.");
        }

        IReadOnlyList<string> libraries = BlasLibrary.LoadedBy(peer.Id);
        string blas = libraries.Count == 0 ? "an unknown BLAS" : string.Join(", ", libraries);
        if (BlasLibrary.IncludesReference(libraries))
        {
            peer.Dispose();
            throw new PeerException(
                $"it multiplies with the reference BLAS ({blas}), which would make no comparison. Install libopenblas0-pthread and choose it: update-alternatives --config libblas.so.3-$(uname -m)-linux-gnu.");
        }

        _notes.Add($"{peer.Version}, with {blas}.");
        return peer;
    }
}
