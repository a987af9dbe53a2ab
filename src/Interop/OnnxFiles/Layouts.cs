using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Where the axes of a value are in the class, and the layers that move them.</summary>
internal static class Layouts
{
    public static int[] AsFile(int rank) => [.. Enumerable.Range(0, rank)];

    /// <summary>The file's first axis last.</summary>
    public static int[] ChannelsLast(int rank) => [.. Enumerable.Range(1, rank - 1), 0];

    /// <summary>The same value with all its axes in this order.</summary>
    public static OnnxValue Fit(this OnnxCall call, OnnxValue value, int[] axes)
    {
        if (value.Axes.SequenceEqual(axes))
        {
            return value;
        }

        if (value.Order is not null)
        {
            throw OnnxCall.Refusal(null, "it reads a flattened image whose channels are elsewhere in a network", "let a dense layer follow the flattening");
        }

        int[] present = [.. axes.Where(value.Axes.Contains)];
        OnnxValue moved = value;
        if (!Long(value, value.Axes).SequenceEqual(Long(value, present)))
        {
            NetworkNode permute = call.Translation.Add(typeof(PermuteAttribute), null, value);
            permute.Attribute!.Set("dims", present.Select(axis => Array.IndexOf(value.Axes, axis) + 1).ToArray());
            moved = value with { Node = permute, Axes = present };
        }

        return moved.ClassShape.SequenceEqual(axes.Select(axis => value.Shape[axis]))
            ? moved with { Axes = axes }
            : Reshape(call, moved, value.Shape, axes);
    }

    /// <summary>The same numbers in the same order of the class under another shape.</summary>
    /// <param name="call">Whose layer it is.</param>
    /// <param name="value">The numbers.</param>
    /// <param name="shape">In the file.</param>
    /// <param name="axes">In the class.</param>
    public static OnnxValue Reshape(OnnxCall call, OnnxValue value, int[] shape, int[] axes)
    {
        NetworkNode node = call.Translation.Add(axes.Length == 1 ? typeof(FlattenAttribute) : typeof(ReshapeAttribute), null, value);
        if (axes.Length > 1)
        {
            node.Attribute!.Set("shape", axes.Select(axis => shape[axis]).ToArray());
        }

        return value with { Node = node, Shape = shape, Axes = axes };
    }

    /// <summary>Where the class has the axes of a shape each of which joins some of the value's that lie behind each other in the class as well; null for other shapes.</summary>
    public static int[]? Joined(OnnxValue value, int[] shape)
    {
        int[] places = new int[shape.Length];
        int next = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            int size = 1;
            places[axis] = next < value.Shape.Length ? Array.IndexOf(value.Axes, next) : -1;
            for (int place = places[axis]; size < shape[axis]; place++, next++)
            {
                if (place < 0 || place >= value.Axes.Length || value.Axes[place] != next)
                {
                    return null;
                }

                size *= value.Shape[next];
            }

            if (size != shape[axis] || size == 1)
            {
                return null;
            }
        }

        return value.Order is null && next == value.Shape.Length ? [.. AsFile(shape.Length).OrderBy(axis => places[axis])] : null;
    }

    /// <summary>The axes that are longer than 1, which alone decide where numbers lie.</summary>
    public static int[] Long(OnnxValue value, IEnumerable<int> axes) => [.. axes.Where(axis => value.Shape[axis] > 1)];

    public static bool IsInFileOrder(OnnxValue value)
    {
        int[] longer = Long(value, value.Axes);
        return longer.SequenceEqual(longer.Order()) && value.Order is null;
    }
}
