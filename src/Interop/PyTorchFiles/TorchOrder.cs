namespace Unroll.Interop.PyTorchFiles;

/// <summary>Where PyTorch has the numbers of a value that a network has channels last.</summary>
/// <param name="IsChannelsFirst">Whether the last axis here is the first there.</param>
internal sealed record TorchOrder(bool IsChannelsFirst)
{
    public static readonly TorchOrder Same = new(false);

    /// <summary>Of a flattened image: for each place here the one there; null where they are the same.</summary>
    public int[]? Places { get; init; }

    /// <summary>The layer behind which the order is not known; null where it is.</summary>
    public string? UnknownSince { get; init; }

    /// <summary>Numbers of a vector in the order here.</summary>
    public float[] Here(float[] values) => Places is null ? values : [.. Places.Select(place => values[place])];
}
