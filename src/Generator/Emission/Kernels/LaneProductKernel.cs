using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = steps(x·kernel) with samples as lanes: each number of the kernel goes into all lanes, and nothing is computed for padding.</summary>
internal sealed class LaneProductKernel(LaneProductPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("kernel"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("y"),
        KernelParameter.Count("groups"),
    ];

    public override string Formula => $"y = {StepText.Of("x·kernel", plan.Steps)}, {plan.Inputs} → {plan.Units}, samples as lanes";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} units × {tile.Columns} samples in {tile.Rows * tile.Vectors} registers, {plan.Inputs} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        int groups = tile.Columns / PanelLayout.Width;
        if (groups > 1)
        {
            using (writer.Block($"for (; groups >= {groups}; groups -= {groups})"))
            {
                WriteGroups(writer, t, tile, groups);
            }

            writer.Line();
        }

        using (writer.Block("for (; groups != 0; groups--)"))
        {
            WriteGroups(writer, t, tile with { Vectors = Math.Min(tile.Vectors, PanelLayout.Width / t.Machine.Lanes) }, groups: 1);
        }
    }

    private void WriteGroups(CodeWriter writer, SimdTarget t, Tile tile, int groups)
    {
        bool isWhole = tile.Columns >= PanelLayout.Width;
        int whole = plan.Units - tile.TailRows;
        using (isWhole ? null : writer.Block($"for (nuint lane = 0; lane < {PanelLayout.Width}; lane += {tile.Columns})"))
        {
            Offset lane = isWhole ? 0 : Offset.Variable("lane", tile.Columns);
            if (whole > tile.Rows)
            {
                using (writer.Block($"for (nuint u = 0; u < {whole}; u += {tile.Rows})"))
                {
                    WriteTile(writer, t, tile, tile.Rows, Offset.Variable("u", tile.Rows), lane);
                }
            }
            else
            {
                using (tile.TailRows == 0 ? null : writer.Braces())
                {
                    WriteTile(writer, t, tile, tile.Rows, 0, lane);
                }
            }

            if (tile.TailRows > 0)
            {
                using (writer.Braces())
                {
                    WriteTile(writer, t, tile, tile.TailRows, whole, lane);
                }
            }
        }

        writer.Line();
        writer.Line(Reference.Advance("x", groups * plan.Inputs * PanelLayout.Width));
        foreach (string result in _steps.ElementOperands.Append("y"))
        {
            writer.Line(Reference.Advance(result, groups * plan.Units * PanelLayout.Width));
        }
    }

    private void WriteTile(CodeWriter writer, SimdTarget t, Tile tile, int units, Offset unit, Offset lane)
    {
        string Unit(string operand, int row, int rowOfOperand) =>
            t.Broadcast(Reference.At(operand, unit + row + (rowOfOperand * PanelLayout.Pad(plan.Units))));

        Offset place = (unit * PanelLayout.Width) + lane;
        var sums = new RegisterTile(writer, t, units, tile.Vectors, (row, column) => (row * PanelLayout.Width) + InGroups(column, plan.Units));
        writer.Line(Reference.Declare("column", "x", lane));
        writer.Line(Reference.Declare("weights", "kernel", PlaceOf(0, unit)));
        writer.Line(Reference.Declare("tile", "y", place));
        if (_steps.LeadingBias is string bias)
        {
            sums.DeclareFromRows(row => Unit(bias, row, 0));
        }
        else
        {
            sums.DeclareZero();
        }

        using (writer.Block($"for (nuint k = 0; k < {plan.Inputs}; k++)"))
        {
            // Tiles begin at panels, or lie within one.
            sums.Accumulate(row => Reference.At("weights", PlaceOf(0, row)), v => t.Load("column", InGroups(v * t.Machine.Lanes, plan.Inputs)));
            writer.Line(Reference.Advance("column", PanelLayout.Width));
            writer.Line(Reference.Advance("weights", plan.IsTransposed ? 1 : PanelLayout.Width));
        }

        writer.Line();
        foreach (string operand in _steps.ElementOperands)
        {
            writer.Line(Reference.Declare($"{operand}Tile", operand, place));
        }

        sums.FinishUnits(_steps, Unit, biasDone: _steps.LeadingBias is not null);
    }

    private Offset PlaceOf(int input, Offset unit) =>
        plan.IsTransposed ? PanelLayout.OffsetOf(unit, input, plan.Units) : PanelLayout.OffsetOf(input, unit, plan.Inputs);

    // Where a lane of one group or another lies, of so many values a sample.
    private static int InGroups(int lane, int values) => (lane / PanelLayout.Width * values * PanelLayout.Width) + (lane % PanelLayout.Width);
}
