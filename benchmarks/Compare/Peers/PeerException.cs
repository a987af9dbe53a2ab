namespace Unroll.Benchmarks;

/// <summary>A peer is not there or does not do what it should.</summary>
internal sealed class PeerException(string message) : Exception(message);
