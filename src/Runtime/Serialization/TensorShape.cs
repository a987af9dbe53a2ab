using System.Globalization;

namespace Unroll.Serialization;

/// <summary>Shapes as lists of axes, outermost first; a scalar has none.</summary>
internal static class TensorShape
{
    private const int MostAxes = 16;

    /// <summary>As in messages: <c>[784, 128]</c>.</summary>
    public static string Describe(IReadOnlyList<int> shape)
    {
        string axes = string.Join(", ", shape.Take(MostAxes).Select(static axis => axis.ToString(CultureInfo.InvariantCulture)));
        return shape.Count <= MostAxes ? $"[{axes}]" : string.Create(CultureInfo.InvariantCulture, $"[{axes}, … {shape.Count} axes]");
    }

    /// <summary>The place of an element in messages: <c>[3, 5]</c>.</summary>
    /// <param name="shape">Without an axis of 0.</param>
    /// <param name="index">The element's number in row-major order.</param>
    public static string DescribeIndex(IReadOnlyList<int> shape, int index)
    {
        int[] place = new int[shape.Count];
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            (index, place[axis]) = Math.DivRem(index, shape[axis]);
        }

        return Describe(place);
    }

    /// <summary>The product of the axes; null when one is negative or an array cannot hold so many elements.</summary>
    public static long? ElementCount(IReadOnlyList<int> shape)
    {
        if (shape.Any(static axis => axis < 0))
        {
            return null;
        }

        // Not a shortcut: [int.MaxValue, int.MaxValue, 0] holds nothing, whatever the order of its axes.
        if (shape.Contains(0))
        {
            return 0;
        }

        long count = 1;
        foreach (int axis in shape)
        {
            count *= axis;
            if (count > Array.MaxLength)
            {
                return null;
            }
        }

        return count;
    }
}
