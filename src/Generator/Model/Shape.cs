using System.Globalization;

namespace Unroll.Generator.Model;

/// <summary>The sizes of a tensor's axes, the batch axis left out; of any rank, comparable by value.</summary>
internal sealed record Shape(EquatableArray<int> Sizes)
{
    /// <summary>Vectors are padded to a multiple of so many floats: 64 bytes, a cache line and the widest vector there is.</summary>
    public const int PaddedTo = 16;

    public int Rank => Sizes.Count;

    /// <summary>The size of the last axis, 1 for a scalar.</summary>
    public int Last => Rank == 0 ? 1 : Sizes[Rank - 1];

    /// <summary>The number of values; a product beyond <see cref="long"/> is given as <see cref="long.MaxValue"/>.</summary>
    public long Size
    {
        get
        {
            long product = 1;
            foreach (int size in Sizes)
            {
                product = Times(product, size);
            }

            return product;
        }
    }

    /// <summary>The number of values with every row padded to whole vectors, limited as <see cref="Size"/> is.</summary>
    public long PaddedSize => Times(Rows, Padded(Last));

    /// <summary>The number of positions along all axes but the last: how often a layer on the last axis is applied.</summary>
    public long Rows => Last == 0 ? 0 : Size / Last;

    /// <summary>The same as an index; a network that passed shape inference has no larger one.</summary>
    public int Vectors => checked((int)Rows);

    public int this[int axis] => Sizes[axis];

    /// <summary>So many values, padded to whole vectors.</summary>
    public static long Padded(long values) => (values + PaddedTo - 1) / PaddedTo * PaddedTo;

    public static Shape Of(params int[] sizes) => new(sizes.ToEquatableArray());

    public Shape WithLast(int size) => With(Rank - 1, size);

    /// <summary>The same but for the size of one axis.</summary>
    public Shape With(int axis, int size)
    {
        int[] sizes = [.. Sizes];
        sizes[axis] = size;
        return Of(sizes);
    }

    private static long Times(long left, long right) => right > 0 && left > long.MaxValue / right ? long.MaxValue : left * right;

    public override string ToString() =>
        string.Join(" × ", Sizes.Select(static size => size.ToString(CultureInfo.InvariantCulture)));
}
