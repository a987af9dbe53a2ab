using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>
/// A window over images as they lie in memory. Values of x that lie one after another and meet rows of the kernel one after another form
/// a run: a row of taps where pixels lie without gaps, else one tap.
/// </summary>
/// <param name="Window">One that stays inside its operand.</param>
/// <param name="X">What the window moves over.</param>
/// <param name="Y">One pixel a position of the window.</param>
/// <param name="XStride">Floats from one pixel of x to the next.</param>
/// <param name="YStride">Floats from one pixel of y to the next.</param>
internal sealed record WindowGeometry(Window Window, Image X, Image Y, int XStride, int YStride)
{
    /// <summary>The zeros that y lies among.</summary>
    public Margins YMargins { get; init; }

    /// <summary>Positions of the window that share a pixel of y, if they do.</summary>
    public PixelBlock? Pooled { get; init; }

    /// <summary>Rows at the top of x that are known to be 0.</summary>
    public int ZerosAbove { get; init; }

    /// <summary>Rows at the bottom of x that are known to be 0.</summary>
    public int ZerosBelow { get; init; }

    public int Taps => Window.Taps;

    /// <summary>Values of x under the window.</summary>
    public int Depth => Taps * X.Channels;

    private bool IsGapless => Window.Columns.Size == 1 || (Window.Columns.Dilation == 1 && XStride == X.Channels);

    /// <summary>Values of a run.</summary>
    public int Run => IsGapless ? Window.Columns.Size * X.Channels : X.Channels;

    /// <summary>Runs in a row of taps.</summary>
    public int RunsARow => IsGapless ? 1 : Window.Columns.Size;

    public int Runs => Window.Rows.Size * RunsARow;

    /// <summary>Floats of x from one run to the next in a row of taps.</summary>
    public int RunStep => Window.Columns.Dilation * XStride;

    /// <summary>Floats of x from one row of taps to the next.</summary>
    public int TapRowStep => Window.Rows.Dilation * XRow;

    /// <summary>Floats of x from that of one pixel of y in a row to that of the next.</summary>
    public int PixelStep => (Pooled?.Columns ?? 1) * Window.Columns.Stride * XStride;

    /// <summary>Rows of x from that of one row of y to that of the next.</summary>
    public int LineRows => (Pooled?.Rows ?? 1) * Window.Rows.Stride;

    public int LineStep => LineRows * XRow;

    /// <summary>Positions of the window for each pixel of y.</summary>
    public int Positions => Pooled?.Pixels ?? 1;

    /// <summary>Floats of x from the first of a pixel's positions to another.</summary>
    public int PositionOffset(int position) =>
        (position / (Pooled?.Columns ?? 1) * Window.Rows.Stride * XRow) + (position % (Pooled?.Columns ?? 1) * Window.Columns.Stride * XStride);

    public int XRow => X.Columns * XStride;

    public int YRow => (YMargins.Left + Y.Columns + YMargins.Right) * YStride;

    public int XSample => X.Rows * XRow;

    public int YSample => (YMargins.Top + Y.Rows + YMargins.Bottom) * YRow;

    /// <summary>Floats before y's first pixel.</summary>
    public int YStart => (YMargins.Top * YRow) + (YMargins.Left * YStride);
}
