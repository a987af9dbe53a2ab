using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Zeros around signals and images, and edges cut off.</summary>
internal static class Margins
{
    public static OnnxValue Add(OnnxCall call, OnnxValue x, WindowPads pads) =>
        Move(call, x, pads, 1, pads.Before.Length == 1 ? typeof(ZeroPadding1DAttribute) : typeof(ZeroPadding2DAttribute), "padding");

    public static OnnxValue Cut(OnnxCall call, OnnxValue x, WindowPads pads) =>
        Move(call, x, pads, -1, pads.Before.Length == 1 ? typeof(Cropping1DAttribute) : typeof(Cropping2DAttribute), "cropping");

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

        int[] sizes = [.. x.Shape.Skip(1).Select((size, axis) => size + (sign * (pads.Before[axis] + pads.After[axis])))];
        return sizes.All(static size => size > 0)
            ? x with { Node = node, Shape = [x.Shape[0], .. sizes] }
            : throw OnnxCall.Refusal("pads", "nothing is left", "export the model with smaller pads");
    }
}
