namespace Unroll.Interop.OnnxFiles;

/// <summary>One of the numbers whose product is the length of an axis; the same wherever the axis goes.</summary>
/// <param name="size">Above 1; 0 for the samples, whose number only a run knows.</param>
internal sealed class Factor(int size)
{
    public static readonly Factor Samples = new(0);

    public int Size => size;

    /// <summary>The product of some, the samples left out.</summary>
    public static int Product(IEnumerable<Factor> factors) => factors.Where(static factor => factor != Samples).Aggregate(1, static (product, factor) => product * factor.Size);
}
