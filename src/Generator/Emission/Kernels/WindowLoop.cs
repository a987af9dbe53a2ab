using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Loops over all positions of a window, and over its taps where they stand inside the image.</summary>
internal sealed class WindowLoop(CodeWriter writer, WindowGeometry geometry)
{
    // More taps are looped over.
    private const int StraightTaps = 16;

    /// <summary>Whether the taps are a sequence of constants: they are few, and all inside wherever the window stands.</summary>
    public bool IsStraight => geometry.Taps <= StraightTaps && !IsClipped;

    public bool IsClipped => geometry.Window.IsPadded(geometry.X, geometry.Y);

    /// <summary>The taps under the window: a constant, or how many of them stand inside.</summary>
    public string Count => IsClipped ? "(float)((bottom - top) * (right - left))" : CSharpLiteral.Of((float)geometry.Taps);

    /// <summary>
    /// Writes <paramref name="body"/> for every position, where the window of x begins at <c>window</c> and the pixel of y stands at
    /// <c>pixelOf{y}</c>; where the window is clipped, its taps top..bottom, left..right are inside.
    /// </summary>
    /// <param name="y">The references to images as large as y.</param>
    /// <param name="x">The references to images as large as x.</param>
    public void Positions(string[] y, string[] x, Action body)
    {
        Offset sample = Offset.Variable("sample");
        Offset row = geometry.Y.Rows == 1 ? 0 : Offset.Variable("row");
        Offset column = geometry.Y.Columns == 1 ? 0 : Offset.Variable("column");
        Over(sample, "samples", () => Over(row, CSharpLiteral.Of(geometry.Y.Rows), () =>
        {
            WriteClip(row, "top", "bottom", geometry.Window.Rows, geometry.X.Rows);
            Over(column, CSharpLiteral.Of(geometry.Y.Columns), () =>
            {
                WriteClip(column, "left", "right", geometry.Window.Columns, geometry.X.Columns);
                foreach (string value in x)
                {
                    Offset source = (sample * geometry.XSample) + (row * geometry.LineStep) + (column * geometry.PixelStep);
                    int before = (geometry.Window.Rows.Before * geometry.XRow) + (geometry.Window.Columns.Before * geometry.XStride);
                    writer.Line(Reference.Declare($"{value}Window", value, before == 0 ? source : Offset.Variable($"(nint)({source})") - before));
                }

                foreach (string value in y)
                {
                    Offset place = (sample * geometry.YSample) + (row * geometry.YRow) + (column * geometry.YStride);
                    writer.Line(Reference.Declare($"{value}Pixel", value, place));
                }

                body();
            });
        }));
    }

    /// <summary>Writes <paramref name="body"/> for every tap with its distance from the window's beginning, and whether it is the first.</summary>
    public void Taps(Action<Offset> body)
    {
        if (IsStraight)
        {
            for (int tap = 0; tap < geometry.Taps; tap++)
            {
                int rows = tap / geometry.Window.Columns.Size;
                int columns = tap % geometry.Window.Columns.Size;
                body((rows * geometry.TapRowStep) + (columns * geometry.RunStep));
            }

            return;
        }

        (string top, string bottom, string left, string right) = IsClipped
            ? ("top", "bottom", "left", "right")
            : ("0", CSharpLiteral.Of(geometry.Window.Rows.Size), "0", CSharpLiteral.Of(geometry.Window.Columns.Size));
        using (writer.Block($"for (nint ky = {top}; ky < {bottom}; ky++)"))
        using (writer.Block($"for (nint kx = {left}; kx < {right}; kx++)"))
        {
            body((Offset.Variable("ky") * geometry.TapRowStep) + (Offset.Variable("kx") * geometry.RunStep));
        }
    }

    private void Over(Offset variable, string count, Action body)
    {
        if (variable.IsConstant)
        {
            body();
            return;
        }

        using (writer.Block($"for (nuint {variable} = 0; {variable} < {count}; {variable}++)"))
        {
            body();
        }
    }

    private void WriteClip(Offset position, string from, string to, Graph.WindowAxis axis, int size)
    {
        if (!IsClipped)
        {
            return;
        }

        string start = position.IsZero ? $"({CSharpLiteral.Of(-axis.Before)})" : $"((nint){position} * {axis.Stride} - {axis.Before})";
        writer.Line($"nint {from} = nint.Max(0, -{start});");
        writer.Line($"nint {to} = nint.Min({axis.Size}, {size} - {start});");
    }
}
