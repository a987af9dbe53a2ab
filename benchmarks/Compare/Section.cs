namespace Unroll.Benchmarks;

/// <summary>The parts of a run, as <c>--only</c> names them.</summary>
internal static class Section
{
    public const string Peers = "peers";

    public const string Kernels = "kernels";

    public const string Features = "features";

    public const string Steady = "steady";

    public const string Streams = "streams";
}
