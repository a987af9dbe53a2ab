using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = steps(each channel convolved by itself): channels lie in the lanes, pixels of one row share the loads of the kernel.</summary>
internal sealed class DepthwiseKernel(DepthwisePlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);
    private readonly WindowGeometry _g = plan.Geometry;
    private readonly int _padded = PanelLayout.Pad(plan.Geometry.X.Channels);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("kernel"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("y"),
        KernelParameter.Count("samples"),
    ];

    public override string Formula => $"y = {StepText.Of("x∗kernel", plan.Steps)}, {WindowText.Of(_g)}, each channel by itself";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} pixels × {tile.Columns} channels in {tile.Rows * tile.Vectors} registers, {_g.Taps} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        int whole = _g.Y.Columns / tile.Rows * tile.Rows;
        Offset row = _g.Y.Rows == 1 ? 0 : Offset.Variable("row");
        WindowMargins.Write(writer, _g);
        using (writer.Block("for (nuint sample = 0; sample < samples; sample++)"))
        {
            ColumnGroups.Write(writer, tile, plan.ComputedColumns, group => Over(writer, _g.Y.Rows, () =>
            {
                using (writer.Block($"for (nuint pixel = 0; pixel < {whole}; pixel += {tile.Rows})"))
                {
                    WriteTile(writer, t, tile.Rows, group, row, Offset.Variable("pixel"));
                }

                if (tile.TailRows > 0)
                {
                    writer.Line();
                    using (writer.Braces())
                    {
                        WriteTile(writer, t, tile.TailRows, group, row, whole);
                    }
                }
            }));
        }
    }

    private void WriteTile(CodeWriter writer, SimdTarget t, int rows, ColumnGroup group, Offset row, Offset pixel)
    {
        int lanes = t.Machine.Lanes;
        string Unit(string operand, int v, int line) => t.Load(operand, group.First + (line * _padded) + (v * lanes));
        Offset sample = Offset.Variable("sample");
        Offset source = (sample * _g.XSample) + (row * _g.LineStep) + (pixel * _g.PixelStep) + group.First;
        Offset place = (sample * _g.YSample) + _g.YStart + (row * _g.YRow) + (pixel * _g.YStride) + group.First;
        var tile = new RegisterTile(writer, t, rows, group.Vectors, (r, c) => (r * _g.YStride) + c, group.Padding);
        writer.Line(Reference.Declare("window", "x", source));
        writer.Line(Reference.Declare("weights", "kernel", group.First));
        writer.Line(Reference.Declare("tile", "y", place));
        if (_steps.LeadingBias is string bias)
        {
            tile.DeclareFrom(v => Unit(bias, v, 0));
        }
        else
        {
            tile.DeclareZero();
        }

        if (plan.IsStraightLine(rows * group.Vectors))
        {
            for (int tap = 0; tap < _g.Taps; tap++)
            {
                int start = (tap / _g.Window.Columns.Size * _g.TapRowStep) + (tap % _g.Window.Columns.Size * _g.RunStep);
                WriteTap(t, tile, start, tap * _padded, isFirst: tap == 0);
            }
        }
        else
        {
            WriteTaps(writer, t, tile);
        }

        writer.Line();
        foreach (string operand in _steps.ElementOperands)
        {
            writer.Line(Reference.Declare($"{operand}Tile", operand, place));
        }

        tile.Finish(_steps, Unit, biasDone: _steps.LeadingBias is not null);
    }

    private void WriteTaps(CodeWriter writer, SimdTarget t, RegisterTile tile)
    {
        using (writer.Block($"for (nuint ky = 0; ky < {_g.Window.Rows.Size}; ky++)"))
        {
            using (writer.Block($"for (nuint kx = 0; kx < {_g.Window.Columns.Size}; kx++)"))
            {
                WriteTap(t, tile, 0, 0, isFirst: true);
                writer.Line(Reference.Advance("window", _g.RunStep));
                writer.Line(Reference.Advance("weights", _padded));
            }

            writer.Line(Reference.Advance("window", _g.TapRowStep - (_g.Window.Columns.Size * _g.RunStep)));
        }
    }

    private void WriteTap(SimdTarget t, RegisterTile tile, int source, int weights, bool isFirst) => tile.AccumulateEach(
        (row, v) => t.Load("window", source + (row * _g.PixelStep) + (v * t.Machine.Lanes)),
        v => t.Load("weights", weights + (v * t.Machine.Lanes)),
        isFirst);

    private static void Over(CodeWriter writer, int count, Action body)
    {
        if (count == 1)
        {
            body();
            return;
        }

        using (writer.Block($"for (nuint row = 0; row < {count}; row++)"))
        {
            body();
        }
    }
}
