namespace Unroll.Interop.Networks;

/// <summary>The block that a layer applies to each step.</summary>
/// <param name="Input">What stands for a step inside.</param>
/// <param name="Output">The layer whose value the block gives, the last one.</param>
internal sealed record NetworkBody(NetworkNode Input, NetworkNode Output)
{
    /// <summary>Each after those it reads.</summary>
    public IReadOnlyList<NetworkNode> Layers { get; init; } = [];
}
