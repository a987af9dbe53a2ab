namespace Unroll.Interop.OnnxFiles;

/// <summary>Constants cut, joined, moved and repeated along their axes.</summary>
internal static class ConstantArrays
{
    // Far above any mask, and little memory.
    private const int MostRepeated = 1 << 24;

    public static OnnxTensor Transpose(OnnxTensor value, int[] order) =>
        Pick(value, [.. order.Select(axis => value.Dims[axis])], [.. order.Select(axis => Strides(value.Dims)[axis])]);

    /// <summary>A piece of each axis: where it begins, how many elements, and how far apart.</summary>
    public static OnnxTensor Cut(OnnxTensor value, (int Start, int Count, int Step)[] pieces)
    {
        int[] strides = Strides(value.Dims);
        int start = pieces.Select((piece, axis) => piece.Count == 0 ? 0 : piece.Start * strides[axis]).Sum();
        return Pick(value, [.. pieces.Select(static piece => piece.Count)], [.. pieces.Select((piece, axis) => piece.Step * strides[axis])], start);
    }

    /// <returns>Null where their other axes differ.</returns>
    public static OnnxTensor? Join(OnnxTensor[] parts, int axis)
    {
        OnnxTensor first = parts[0];
        bool fits = parts.All(part => part.IsWhole == first.IsWhole && part.Dims.Count == first.Dims.Count
            && part.Dims.Where((_, other) => other != axis).SequenceEqual(first.Dims.Where((_, other) => other != axis)));
        if (!fits)
        {
            return null;
        }

        int before = Product(first.Dims.Take(axis));
        int[] dims = [.. first.Dims.Select((size, other) => other == axis ? parts.Sum(part => part.Dims[axis]) : size)];
        return first.IsWhole
            ? new OnnxTensor(dims, null, Joined(parts, before, static part => part.Wholes!))
            : new OnnxTensor(dims, Joined(parts, before, static part => part.Floats!), null);
    }

    /// <summary>The shape that some come to, axes of size 1 repeated.</summary>
    /// <returns>Null where they come to none.</returns>
    public static int[]? CommonShape(params OnnxTensor[] values)
    {
        int rank = values.Max(static value => value.Dims.Count);
        var shape = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int[] sizes = [.. values.Select(value => axis - rank + value.Dims.Count is >= 0 and int own ? value.Dims[own] : 1).Where(static size => size != 1).Distinct()];
            if (sizes.Length > 1)
            {
                return null;
            }

            shape[axis] = sizes.Length == 0 ? 1 : sizes[0];
        }

        return shape.Aggregate(1L, static (product, size) => product * size) <= MostRepeated ? shape : null;
    }

    /// <summary>Repeated along axes of size 1.</summary>
    public static OnnxTensor Repeat(OnnxTensor value, int[] shape)
    {
        if (value.Dims.SequenceEqual(shape))
        {
            return value;
        }

        int[] own = Strides(value.Dims);
        int missing = shape.Length - value.Dims.Count;
        return Pick(value, shape, [.. shape.Select((_, axis) => axis < missing || value.Dims[axis - missing] == 1 ? 0 : own[axis - missing])]);
    }

    private static T[] Joined<T>(OnnxTensor[] parts, int before, Func<OnnxTensor, T[]> values) =>
        [.. Enumerable.Range(0, before).SelectMany(row => parts.SelectMany(part =>
        {
            T[] own = values(part);
            int length = own.Length / Math.Max(1, before);
            return own.AsSpan(row * length, length).ToArray();
        }))];

    private static OnnxTensor Pick(OnnxTensor value, int[] dims, int[] strides, int start = 0)
    {
        var places = new int[Product(dims)];
        var index = new int[dims.Length];
        int place = start;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = place;
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < dims[axis])
                {
                    break;
                }

                place -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return value.Wholes is { } wholes
            ? new OnnxTensor(dims, null, Array.ConvertAll(places, at => wholes[at]))
            : new OnnxTensor(dims, Array.ConvertAll(places, at => value.Floats![at]), null);
    }

    private static int[] Strides(IReadOnlyList<int> dims) => [.. Enumerable.Range(0, dims.Count).Select(axis => Product(dims.Skip(axis + 1)))];

    private static int Product(IEnumerable<int> sizes) => sizes.Aggregate(1, static (product, size) => product * size);
}
