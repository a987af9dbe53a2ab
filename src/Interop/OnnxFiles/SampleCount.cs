using System.Globalization;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Multiples of the number of samples among the numbers of a shape.</summary>
internal static class SampleCount
{
    // Far below any number that a shape has.
    private const long Highest = long.MinValue + (1L << 40);

    public static bool Is(long size) => size is > long.MinValue and < Highest;

    /// <summary>How many times the samples.</summary>
    public static long Of(long size) => size - long.MinValue;

    public static long Times(long count) => count is > 0 and < 1L << 40 ? long.MinValue + count : throw Unknown();

    public static string Text(long size) => !Is(size) ? size.ToString(CultureInfo.InvariantCulture) : Of(size) == 1 ? "samples" : $"{Of(size).ToString(CultureInfo.InvariantCulture)}·samples";

    /// <summary>What an operator makes of two numbers of which one is a multiple.</summary>
    public static long Combine(string operation, long left, long right) => (operation, Is(left), Is(right)) switch
    {
        ("Mul", true, false) when right > 0 => Times(Of(left) * Math.Min(right, 1L << 40)),
        ("Mul", false, true) when left > 0 => Times(Of(right) * Math.Min(left, 1L << 40)),
        ("Div", true, false) when right > 0 && Of(left) % right == 0 => Times(Of(left) / right),
        ("Div", true, true) when Of(left) % Of(right) == 0 => Of(left) / Of(right),
        _ => throw Unknown(),
    };

    private static RefusedNodeException Unknown() => OnnxCall.Refusal(null, "it computes with the number of samples", "export the model so that samples stay apart");
}
