namespace Unroll;

/// <summary>Processes that should train one model together cannot, or one of them has failed.</summary>
/// <param name="message">What is wrong, and on which rank as far as that is known.</param>
public sealed class ClusterException(string message) : Exception(message);
