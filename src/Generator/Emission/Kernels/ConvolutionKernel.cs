using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>
/// y = steps(convolution of x with kernel): the product's register tile, its rows being pixels of one row of y, whose operands overlap. The
/// window stays inside x, so every address is a constant away from the tile's.
/// </summary>
internal sealed class ConvolutionKernel(ConvolutionPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);
    private readonly WindowGeometry _g = plan.Geometry;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("kernel"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("y"),
        KernelParameter.Count("samples"),
        .. plan.TakesRows ? new[] { "top", "bottom" }.Select(KernelParameter.Count) : [],
    ];

    public override string Formula =>
        $"y = {WindowText.Pooled(_g)}{StepText.Of("x∗kernel", plan.Steps)}, {WindowText.Of(_g)} → {plan.Units}";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} pixels × {tile.Vectors * target.Machine.Lanes} units in {tile.Sums} registers, {_g.Depth} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        WindowMargins.Write(writer, _g);
        if (plan.IsKernelOutside)
        {
            WriteColumns(writer, t, tile, group => WriteSamples(writer, () => WriteImage(writer, t, tile, group)));
        }
        else
        {
            WriteSamples(writer, () => WriteColumns(writer, t, tile, group => WriteImage(writer, t, tile, group)));
        }
    }

    private static void WriteSamples(CodeWriter writer, Action body)
    {
        using (writer.Block("for (nuint sample = 0; sample < samples; sample++)"))
        {
            body();
        }
    }

    private void WriteColumns(CodeWriter writer, SimdTarget t, Tile tile, Action<ColumnGroup> body) =>
        ColumnGroups.Write(writer, tile, plan.ComputedColumns, group =>
        {
            writer.Line(Reference.Declare("panel", "kernel", PanelLayout.OffsetOf(0, group.First, _g.Depth)));
            body(group);
        });

    private void WriteImage(CodeWriter writer, SimdTarget t, Tile tile, ColumnGroup group)
    {
        if (!plan.TakesRows)
        {
            WriteRow(writer, t, tile, group, 0);
            return;
        }

        using (writer.Block("for (nuint row = top; row < bottom; row++)"))
        {
            if (!plan.IsStraightLine(tile.Rows * tile.SumsAValue * group.Vectors))
            {
                WriteTapRows(writer);
            }

            WriteRow(writer, t, tile, group, Offset.Variable("row"));
        }
    }

    /// <summary>The rows of taps that stand on more than zeros.</summary>
    private void WriteTapRows(CodeWriter writer)
    {
        int size = _g.Window.Rows.Size;
        int limit = _g.X.Rows - _g.ZerosBelow;
        Offset first = Offset.Variable("row") * _g.LineRows;
        if (_g.ZerosAbove > 0)
        {
            writer.Line($"nuint firstTaps = {first} < {_g.ZerosAbove} ? {_g.ZerosAbove} - {first} : 0;");
        }

        if (_g.ZerosBelow > 0)
        {
            writer.Line($"nuint endOfTaps = {(limit <= size ? "" : $"{first} < {limit - size} ? {size} : ")}{limit} - {first};");
        }
    }

    private void WriteRow(CodeWriter writer, SimdTarget t, Tile tile, ColumnGroup group, Offset row)
    {
        int whole = _g.Y.Columns / tile.Rows * tile.Rows;
        if (whole > tile.Rows)
        {
            using (writer.Block($"for (nuint pixel = 0; pixel < {whole}; pixel += {tile.Rows})"))
            {
                WriteTile(writer, t, tile.Rows, group, row, Offset.Variable("pixel"));
            }
        }
        else
        {
            using (writer.Braces())
            {
                WriteTile(writer, t, tile.Rows, group, row, 0);
            }
        }

        if (tile.TailRows > 0)
        {
            writer.Line();
            using (writer.Braces())
            {
                WriteTile(writer, t, tile.TailRows, group, row, whole);
            }
        }
    }

    private void WriteTile(CodeWriter writer, SimdTarget t, int rows, ColumnGroup group, Offset row, Offset pixel)
    {
        int lanes = t.Machine.Lanes;
        string Unit(string operand, int v, int line) =>
            t.Load(operand, group.First + (line * PanelLayout.Pad(plan.Units)) + (v * lanes));

        Offset sample = Offset.Variable("sample");
        Offset source = (sample * _g.XSample) + (row * _g.LineStep) + (pixel * _g.PixelStep);
        Offset place = (sample * _g.YSample) + _g.YStart + (row * _g.YRow) + (pixel * _g.YStride) + group.First;
        var tile = new RegisterTile(writer, t, rows, group.Vectors, (r, c) => (r * _g.YStride) + c, group.Padding, _g.Pooled);
        writer.Line(Reference.Declare("window", "x", source));
        writer.Line(Reference.Declare("tile", "y", place));
        if (_steps.LeadingBias is string bias)
        {
            tile.DeclareFrom(v => Unit(bias, v, 0));
        }
        else
        {
            tile.DeclareZero();
        }

        WriteSum(writer, t, tile, rows * _g.Positions, group.Vectors);
        writer.Line();
        foreach (string operand in _steps.ElementOperands)
        {
            writer.Line(Reference.Declare($"{operand}Tile", operand, place));
        }

        tile.Finish(_steps, Unit, biasDone: _steps.LeadingBias is not null);
    }

    private void WriteSum(CodeWriter writer, SimdTarget t, RegisterTile tile, int rows, int vectors)
    {
        int sums = rows * vectors;
        if (plan.IsStraightLine(sums))
        {
            for (int run = 0; run < _g.Runs; run++)
            {
                int start = (run / _g.RunsARow * _g.TapRowStep) + (run % _g.RunsARow * _g.RunStep);
                WriteTerms(t, tile, _g.Run, "window", "panel", start, run * _g.Run, isFirst: run == 0);
            }

            return;
        }

        bool skips = plan.TakesRows && _g.ZerosAbove > 0;
        Offset skipped = Offset.Variable("firstTaps");
        writer.Line(Reference.Declare("weights", "panel", skips ? skipped * (_g.Run * _g.RunsARow * PanelLayout.Width) : 0));
        if (skips)
        {
            writer.Line(Reference.Advance("window", skipped * _g.TapRowStep));
        }

        Loop(writer, "ky", skips ? "firstTaps" : "0", plan.TakesRows && _g.ZerosBelow > 0 ? "endOfTaps" : CSharpLiteral.Of(_g.Window.Rows.Size), () =>
        {
            writer.Line(Reference.Declare("run", "window"));
            Loop(writer, "kx", "0", CSharpLiteral.Of(_g.RunsARow), () =>
            {
                WriteRun(writer, t, tile, rows, vectors);
                if (_g.RunsARow > 1)
                {
                    int advance = plan.IsStraightRun(sums) ? _g.RunStep : _g.RunStep - _g.Run;
                    writer.Line(Reference.Advance("run", advance));
                }
            });
            if (_g.Window.Rows.Size > 1)
            {
                writer.Line(Reference.Advance("window", _g.TapRowStep));
            }
        });
    }

    private void WriteRun(CodeWriter writer, SimdTarget t, RegisterTile tile, int rows, int vectors)
    {
        if (plan.IsStraightRun(rows * vectors))
        {
            WriteTerms(t, tile, _g.Run, "run", "weights", 0, 0, isFirst: true);
            writer.Line(Reference.Advance("weights", _g.Run * PanelLayout.Width));
            return;
        }

        int terms = plan.TermsALoop(rows, vectors);
        using (writer.Block($"for (nuint k = 0; k < {_g.Run}; {(terms == 1 ? "k++" : $"k += {terms}")})"))
        {
            WriteTerms(t, tile, terms, "run", "weights", 0, 0, isFirst: true);
            writer.Line(Reference.Advance("run", terms));
            writer.Line(Reference.Advance("weights", terms * PanelLayout.Width));
        }
    }

    private void WriteTerms(SimdTarget t, RegisterTile tile, int count, string x, string weights, int xOffset, int k, bool isFirst)
    {
        for (int i = 0; i < count; i++)
        {
            WriteTerm(t, tile, x, weights, xOffset + i, k + i, isFirst && i == 0);
        }
    }

    private void WriteTerm(SimdTarget t, RegisterTile tile, string x, string weights, int xOffset, int k, bool isFirst)
    {
        int lanes = t.Machine.Lanes;
        tile.Accumulate(
            sum => Reference.At(x, xOffset + (sum / _g.Positions * _g.PixelStep) + _g.PositionOffset(sum % _g.Positions)),
            v => t.Load(weights, PanelLayout.OffsetOf(k, v * lanes, _g.Depth)),
            isFirst);
    }

    private static void Loop(CodeWriter writer, string variable, string first, string end, Action body)
    {
        if (end == "1")
        {
            body();
            return;
        }

        using (writer.Block($"for (nuint {variable} = {first}; {variable} < {end}; {variable}++)"))
        {
            body();
        }
    }
}
