namespace Unroll.Benchmarks;

/// <summary>RTNeural's builds, one a back end and choice of floating-point rules.</summary>
internal sealed class RTNeuralSet : IDisposable
{
    private const int Trials = 3;

    private readonly List<PeerProcess> _builds = [];

    public RTNeuralSet(Settings settings)
    {
        if (!settings.Peers)
        {
            Note = "Without RTNeural, as asked for.";
            return;
        }

        string folder = Path.Join(settings.PeersFolder, "bin", "rtneural");
        string[] programs = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];
        foreach (string program in programs)
        {
            _builds.Add(new PeerProcess(program, settings.Threads));
        }

        Note = _builds.Count == 0
            ? "RTNeural is missing: benchmarks/peers/setup.sh installs it."
            : $"{string.Join(", ", _builds.Select(static build => build.Version))}; for each stream and back end the faster of both.";
    }

    /// <summary>What runs, or why nothing does.</summary>
    public string Note { get; }

    /// <summary>Of each back end the build that takes the least time for a step of a network, by the least of some trials in turns.</summary>
    public IReadOnlyList<PeerProcess> FastestFor(string network, double seconds)
    {
        double[] least = new double[_builds.Count];
        Array.Fill(least, double.PositiveInfinity);
        for (int trial = 0; trial < Trials; trial++)
        {
            for (int build = 0; build < _builds.Count; build++)
            {
                least[build] = Math.Min(least[build], Microseconds(_builds[build], network, seconds));
            }
        }

        return [.. _builds.Zip(least).GroupBy(static build => BackEndOf(build.First)).Select(static own => own.MinBy(static build => build.Second).First)];
    }

    /// <summary>The time of a step.</summary>
    public static double Microseconds(PeerProcess build, string network, double seconds) => build.Ask("stream", network, 1, seconds);

    public void Dispose()
    {
        foreach (PeerProcess build in _builds)
        {
            build.Dispose();
        }
    }

    // The version is RTNeural, the back end, and how it is compiled.
    private static string BackEndOf(PeerProcess build) => build.Version.Split(' ')[1];
}
