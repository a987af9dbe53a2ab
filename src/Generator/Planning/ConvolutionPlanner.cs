using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>Decides how convolutions and the gradients of their kernels are computed.</summary>
internal static class ConvolutionPlanner
{
    // So many pixels that loading and storing a tile's sums costs little, so few that the nearest cache holds what it reads of them.
    private const int ChunkPixels = 144;

    // Rows of a tile of whole runs.
    private const int MostRows = 28;

    public static ConvolutionPlan Plan(OpGraph graph, Op op, ConvolutionOp convolution, BufferPlan buffers)
    {
        WindowGeometry geometry = Geometry(graph, convolution, convolution.Window, op, buffers) with { Pooled = convolution.Pooled };
        int units = op.Shape.Last;
        return new ConvolutionPlan(
            WithZeros(geometry, graph, graph[op.Inputs[0]]),
            units,
            convolution.Steps,
            TileChooser.ForPixels(geometry.Y.Columns, geometry.Positions, PanelLayout.Computed(units), geometry.Depth));
    }

    public static ConvolutionKernelGradientPlan Plan(OpGraph graph, Op op, ConvolutionKernelGradientOp gradient, BufferPlan buffers)
    {
        WindowGeometry geometry = WithZeros(Geometry(graph, gradient.Window, op.Inputs[1], op.Inputs[0], buffers), graph, graph[op.Inputs[1]]);
        int pixels = geometry.Y.Pixels;
        int cuts = Math.Max(1, (pixels + (ChunkPixels / 2)) / ChunkPixels);
        int rows = (geometry.Y.Rows + cuts - 1) / cuts;
        int samples = rows < geometry.Y.Rows ? 1 : Math.Max(1, ChunkPixels / pixels);
        int depth = samples * rows * geometry.Y.Columns;
        int units = op.Shape.Last;
        bool isShort = geometry.Run <= ConvolutionKernelGradientPlan.ShortRun;
        return new ConvolutionKernelGradientPlan(
            geometry,
            units,
            samples,
            rows,
            gradient.Steps,
            isShort
                ? TileChooser.ForRuns(geometry.Depth, PanelLayout.Computed(units), depth, RowsOfTiles(geometry))
                : TileChooser.ForKernelGradient(geometry.Run, PanelLayout.Computed(units), depth));
    }

    public static WindowGeometry Geometry(OpGraph graph, Window window, int x, int y, BufferPlan buffers) => new(
        window, Image.Of(graph[x].Shape), Image.Of(graph[y].Shape), buffers[x].Stride, buffers[y].Stride);

    /// <summary>That of a convolution, whose result may have margins.</summary>
    public static WindowGeometry Geometry(OpGraph graph, ImageOp convolution, Window window, Op op, BufferPlan buffers)
    {
        WindowGeometry geometry = Geometry(graph, window, op.Inputs[0], op.Id, buffers);
        return geometry with { Y = convolution.Margins.Inside(geometry.Y), YMargins = convolution.Margins };
    }

    // A window that would stand on zeros alone keeps one row of taps.
    private static WindowGeometry WithZeros(WindowGeometry geometry, OpGraph graph, Op x)
    {
        if (geometry.Window.Rows.Dilation > 1)
        {
            return geometry;
        }

        (int above, int below) = Margins.ZeroRows(graph, x);
        int most = geometry.Window.Rows.Size - 1;

        // The lowest of a pixel's positions has fewer zeros above it.
        above -= geometry.LineRows - geometry.Window.Rows.Stride;
        return geometry with { ZerosAbove = Math.Min(most, Math.Max(0, above)), ZerosBelow = Math.Min(most, Math.Max(0, below)) };
    }

    // Whole runs, as many as divide a part.
    private static IEnumerable<int> RowsOfTiles(WindowGeometry geometry) => Enumerable.Range(1, MostRows / geometry.Run)
        .Where(runs => ConvolutionKernelGradientPlan.PartRuns % runs == 0 || geometry.Runs <= ConvolutionKernelGradientPlan.PartRuns)
        .Select(runs => runs * geometry.Run);
}
