using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>A window for comments: <c>3 × 3 × 32, stride 2 × 2</c>.</summary>
internal static class WindowText
{
    /// <summary>What is pooled, before what it is pooled from: <c>max of 2 × 2 of </c>.</summary>
    public static string Pooled(WindowGeometry geometry) =>
        geometry.Pooled is { } block ? $"{(block.Pooling == Pooling.Max ? "max" : "mean")} of {block.Rows} × {block.Columns} of " : "";

    public static string Of(WindowGeometry geometry)
    {
        (int rows, int columns) = (geometry.Window.Rows.Size, geometry.Window.Columns.Size);
        string text = $"{rows} × {columns} × {geometry.X.Channels}";
        (rows, columns) = (geometry.Window.Rows.Stride, geometry.Window.Columns.Stride);
        text += rows == 1 && columns == 1 ? "" : $", stride {rows} × {columns}";
        (rows, columns) = (geometry.Window.Rows.Dilation, geometry.Window.Columns.Dilation);
        return text + (rows == 1 && columns == 1 ? "" : $", dilation {rows} × {columns}");
    }
}
