using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// How a window moves along an axis: at position o of the result its tap k stands at <c>o·Stride + k·Dilation − Before</c> of the operand.
/// Where that lies outside, there is 0.
/// </summary>
internal sealed record WindowAxis(int Size, int Stride = 1, int Dilation = 1, int Before = 0)
{
    /// <summary>From the first tap to the last, both included.</summary>
    public int Extent => ((Size - 1) * Dilation) + 1;

    /// <summary><c>3 by 2 apart 4 from -1</c>: a size, then stride, dilation and where the first position is, which are 1, 1 and 0 as a rule.</summary>
    public string Text => NumberText.Of(Size)
        + (Stride == 1 ? "" : $" by {NumberText.Of(Stride)}")
        + (Dilation == 1 ? "" : $" apart {NumberText.Of(Dilation)}")
        + (Before == 0 ? "" : $" from {NumberText.Of(-Before)}");

    /// <summary>Whether the window is one tap that stands at every position in turn.</summary>
    public bool IsPoint => Size == 1 && Stride == 1 && Before == 0;

    /// <summary>How far the last position reaches beyond the operand; negative where it does not reach the end.</summary>
    public int After(int operand, int result) => ((result - 1) * Stride) + Extent - Before - operand;

    /// <summary>Whether some tap stands outside the operand.</summary>
    public bool IsPadded(int operand, int result) => Before > 0 || After(operand, result) > 0;

    /// <summary>The same window over an operand with its zeros put in place.</summary>
    public WindowAxis Inside() => this with { Before = 0 };
}

/// <summary>A window over an image.</summary>
internal sealed record Window(WindowAxis Rows, WindowAxis Columns)
{
    public string Text => $"{Rows.Text} × {Columns.Text}";

    public int Taps => Rows.Size * Columns.Size;

    public bool IsPoint => Rows.IsPoint && Columns.IsPoint;

    public Window Inside() => new(Rows.Inside(), Columns.Inside());

    /// <summary>Whether some tap stands outside the operand.</summary>
    public bool IsPadded(Image operand, Image result) =>
        Rows.IsPadded(operand.Rows, result.Rows) || Columns.IsPadded(operand.Columns, result.Columns);
}
