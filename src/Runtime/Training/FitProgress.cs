namespace Unroll;

/// <summary>How far a <c>Fit</c> is: what it needs beside model, optimizer and history to go on.</summary>
/// <param name="callbacks">All that take part.</param>
internal sealed class FitProgress(IReadOnlyList<Callback> callbacks)
{
    /// <summary>The epoch to run next, from 0.</summary>
    public required int NextEpoch { get; set; }

    /// <summary>Of shuffling and noise.</summary>
    public required ulong Seed { get; set; }

    public IReadOnlyList<Callback> Callbacks => callbacks;
}
