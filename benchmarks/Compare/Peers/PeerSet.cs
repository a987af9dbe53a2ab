using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>The peers of a run. One that cannot be compared with is null, and a note says why.</summary>
internal sealed class PeerSet : IDisposable
{
    private const string Setup = "benchmarks/peers/setup.sh installs it";

    private readonly List<string> _notes = [];
    private readonly PeerProcess? _onnxRuntime;
    private readonly PeerProcess? _pyTorch;
    private readonly PeerProcess? _libTorch;

    public PeerSet(Settings settings)
    {
        if (!settings.Peers)
        {
            _notes.Add("Without peers, as asked for.");
            return;
        }

        _onnxRuntime = TryStart("ONNX Runtime", () => StartOnnxRuntime(settings));
        _pyTorch = TryStart("PyTorch", () => StartPyTorch(settings));
        _libTorch = TryStart("libtorch", () => StartLibTorch(settings));
    }

    /// <summary>What runs, and why what does not run does not.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>By name those to compare some work with; null for what is missing.</summary>
    public IEnumerable<(string Name, PeerProcess? Process)> For(WorkKind kind) => kind switch
    {
        WorkKind.Predict => [("ONNX Runtime", _onnxRuntime)],
        WorkKind.Train => [("PyTorch", _pyTorch), ("libtorch", _libTorch)],
        _ => [("PyTorch", _pyTorch)],
    };

    public void Dispose()
    {
        _onnxRuntime?.Dispose();
        _pyTorch?.Dispose();
        _libTorch?.Dispose();
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
        PeerProcess peer = Start(settings, "onnxruntime", Path.Join(folder, "libonnxruntime.so"), ThreadsOf(settings), Path.Join(folder, "onnx"));
        _notes.Add($"{peer.Version}, through its C API.");
        return peer;
    }

    private PeerProcess StartLibTorch(Settings settings)
    {
        PeerProcess peer = Start(settings, "torchsharp", ThreadsOf(settings));
        _notes.Add($"{peer.Version}, through TorchSharp, on the libraries of Debian 13.");
        return peer;
    }

    private PeerProcess StartPyTorch(Settings settings)
    {
        string harness = Path.Join(settings.PeersFolder, "pytorch.py");
        string[] arguments = [harness, "--threads", ThreadsOf(settings)];
        PeerProcess peer = Start(settings, "pytorch", settings.DataFolder is string data ? [.. arguments, "--data", data] : arguments);
        IReadOnlyList<string> libraries = BlasLibrary.LoadedBy(peer.Id);
        string blas = libraries.Count == 0 ? "an unknown BLAS" : string.Join(", ", libraries);
        if (BlasLibrary.IncludesReference(libraries))
        {
            peer.Dispose();
            throw new PeerException(
                $"it multiplies with the reference BLAS ({blas}), which would make no comparison.");
        }

        _notes.Add($"{peer.Version}, with {blas}.");
        return peer;
    }

    private static PeerProcess Start(Settings settings, string program, params string[] arguments)
    {
        string path = Path.Join(settings.PeersFolder, "bin", program);
        return File.Exists(path) ? new PeerProcess(path, settings.Threads, arguments) : throw new PeerException($"{Setup}.");
    }

    private static string ThreadsOf(Settings settings) => settings.Threads.ToString(CultureInfo.InvariantCulture);
}
