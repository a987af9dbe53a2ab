using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Zeros around signals and images, and edges cut off, along the axes of the class but the last.</summary>
internal static class Margins
{
    public static OnnxValue Add(OnnxCall call, OnnxValue x, WindowPads pads) =>
        Move(call, x, pads, 1, pads.Before.Length == 1 ? typeof(ZeroPadding1DAttribute) : typeof(ZeroPadding2DAttribute), "padding");

    public static OnnxValue Cut(OnnxCall call, OnnxValue x, WindowPads pads) =>
        Move(call, x, pads, -1, pads.Before.Length == 1 ? typeof(Cropping1DAttribute) : typeof(Cropping2DAttribute), "cropping");

    /// <summary>The value with its axes so that what is added or cut off leaves the last alone; null where it has one or two axes too few.</summary>
    public static OnnxValue? Fit(OnnxCall call, OnnxValue x, IReadOnlyCollection<int> changed)
    {
        int rank = x.Shape.Length;
        int[][] orders = [x.Axes, Layouts.ChannelsLast(rank), Layouts.AsFile(rank)];
        return rank is 2 or 3 && Array.Find(orders, order => order.Length == rank && !changed.Contains(order[^1])) is { } axes ? call.Fit(x, axes) : null;
    }

    /// <summary>A piece of one axis, whichever that is.</summary>
    public static OnnxValue Piece(OnnxCall call, OnnxValue x, int axis, int start, int length) => Along(call, x, axis, start, x.Shape[axis] - start - length, Cut);

    /// <summary>The value with zeros before and behind one axis.</summary>
    public static OnnxValue Zeros(OnnxCall call, OnnxValue x, int axis, int before, int after) => Along(call, x, axis, before, after, Add);

    private static OnnxValue Along(OnnxCall call, OnnxValue x, int axis, int start, int end, Func<OnnxCall, OnnxValue, WindowPads, OnnxValue> change)
    {
        if (Fit(call, x, [axis]) is OnnxValue fit)
        {
            return change(call, fit, new WindowPads([.. fit.Axes[..^1].Select(other => other == axis ? start : 0)], [.. fit.Axes[..^1].Select(other => other == axis ? end : 0)]));
        }

        // The axes before it and behind it as one each.
        x = x.Axes.Contains(axis) ? x : call.Fit(x, Layouts.AsFile(x.Shape.Length));
        int place = Array.IndexOf(x.Axes, axis);
        int[] sizes = x.ClassShape;
        int before = sizes[..place].Aggregate(1, static (product, size) => product * size);
        int behind = sizes[(place + 1)..].Aggregate(1, static (product, size) => product * size);
        int[] flat = before == 1 ? [sizes[place], behind] : [before, sizes[place], behind];
        OnnxValue joined = Layouts.Reshape(call, x, flat, Layouts.AsFile(flat.Length));
        OnnxValue changed = change(call, joined, before == 1 ? new WindowPads([start], [end]) : new WindowPads([0, start], [0, end]));
        int[] shape = [.. x.Shape.Select((size, other) => other == axis ? changed.Shape[flat.Length - 2] : size)];
        return Layouts.Reshape(call, changed, shape, x.Axes);
    }

    private static OnnxValue Move(OnnxCall call, OnnxValue x, WindowPads pads, int sign, Type attribute, string argument)
    {
        NetworkNode node = call.Translation.Add(attribute, null, x);
        if (pads.Before.Length == 1)
        {
            node.Attribute!.Set("left", pads.Before[0]);
            node.Attribute.Set("right", pads.After[0]);
        }
        else if (pads.Sides.Distinct().Count() == 1)
        {
            node.Attribute!.Set(argument, pads.Before[0]);
        }
        else
        {
            node.Attribute!.Set(argument, pads.Sides);
        }

        int[] shape = [.. x.Shape];
        for (int axis = 0; axis < pads.Before.Length; axis++)
        {
            shape[x.Axes[axis]] += sign * (pads.Before[axis] + pads.After[axis]);
        }

        return shape.All(static size => size > 0)
            ? x with { Node = node, Shape = shape }
            : throw OnnxCall.Refusal("pads", "nothing is left", "export the model with smaller pads");
    }
}
