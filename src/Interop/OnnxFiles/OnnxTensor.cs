namespace Unroll.Interop.OnnxFiles;

/// <summary>A constant of a graph: floating-point numbers or whole ones.</summary>
/// <param name="Dims">Its shape.</param>
/// <param name="Floats">Row-major; null where the numbers are whole.</param>
/// <param name="Wholes">Row-major; null where they are not.</param>
internal sealed record OnnxTensor(IReadOnlyList<int> Dims, float[]? Floats, long[]? Wholes)
{
    /// <summary>Stands for the number of samples in the shape of a value, which only a run knows.</summary>
    public const long Samples = long.MinValue + 1;

    /// <summary>The shape over which one number is repeated, where it is.</summary>
    public long[]? Repeated { get; init; }

    /// <summary>How many axes it has.</summary>
    public int Rank => Repeated?.Length ?? Dims.Count;

    public int Count => Floats?.Length ?? Wholes!.Length;

    public bool IsWhole => Wholes is not null;

    public static OnnxTensor Of(params long[] values) => new([values.Length], null, values);

    /// <summary>The numbers as floats.</summary>
    public float[] AsFloats() => Floats ?? [.. Wholes!.Select(static value => (float)value)];
}
