using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Writes the zeros that a convolution's result lies among.</summary>
internal static class WindowMargins
{
    public static void Write(CodeWriter writer, WindowGeometry geometry)
    {
        Margins margins = geometry.YMargins;
        if (!margins.IsEmpty)
        {
            writer.Line($"PixelCopy.ClearMargins(ref y, samples, {geometry.Y.Rows}, {geometry.Y.Columns}, {geometry.YStride}, "
                + $"{margins.Top}, {margins.Bottom}, {margins.Left}, {margins.Right});");
        }
    }
}
