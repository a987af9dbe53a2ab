using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = steps(x·kernel): columns of panels outside, so that each panel is read from memory once; rows of tiles inside.</summary>
internal sealed class ProductKernel(ProductPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("kernel"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("y"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => $"y = {StepText.Of("x·kernel", plan.Steps)}, {plan.Inputs} → {plan.Units}";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} rows × {tile.Vectors * target.Machine.Lanes} units in {tile.Rows * tile.Vectors} registers, {plan.Inputs} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        ColumnGroups.Write(writer, tile, plan.ComputedColumns, group =>
        {
            writer.Line(Reference.Declare("panel", "kernel", PanelLayout.OffsetOf(0, group.First, plan.Inputs)));
            int stepsALine = group.Vectors == tile.Vectors ? plan.StepsALine(tile) : 0;
            if (stepsALine > 0)
            {
                writer.Line($"nuint ahead = {tile.Columns * plan.Inputs};");
            }

            writer.Line("nuint vector = 0;");
            using (writer.Block($"for (; vector + {tile.Rows} <= vectors; vector += {tile.Rows})"))
            {
                WriteTile(writer, t, tile.Rows, group, stepsALine);
            }

            writer.Line();
            if (tile.TailRows > 1)
            {
                using (writer.Block($"if (vector + {tile.TailRows} <= vectors)"))
                {
                    WriteTile(writer, t, tile.TailRows, group, stepsALine: 0);
                    writer.Line($"vector += {tile.TailRows};");
                }

                writer.Line();
            }

            using (writer.Block("for (; vector < vectors; vector++)"))
            {
                WriteTile(writer, t, 1, group, stepsALine: 0);
            }
        });
    }

    private void WriteTile(CodeWriter writer, SimdTarget t, int rows, ColumnGroup group, int stepsALine)
    {
        int lanes = t.Machine.Lanes;
        string Unit(string operand, int v, int row) =>
            t.Load(operand, group.First + (row * PanelLayout.Pad(plan.Units)) + (v * lanes));

        Offset vector = Offset.Variable("vector");
        Offset place = (vector * plan.YStride) + group.First;
        var tile = new RegisterTile(writer, t, rows, group.Vectors, (r, c) => (r * plan.YStride) + c, group.Padding);
        writer.Line(Reference.Declare("xRow", "x", vector * plan.XStride));
        writer.Line(Reference.Declare("weights", "panel"));
        writer.Line(Reference.Declare("tile", "y", place));
        if (stepsALine > 0)
        {
            // Stores need not wait for lines that are on their way during the whole sum.
            writer.Line($"Prefetch.Rows(ref tile, {rows}, {plan.YStride}, {group.Vectors * lanes});");
        }

        if (_steps.LeadingBias is string bias)
        {
            tile.DeclareFrom(v => Unit(bias, v, 0));
        }
        else
        {
            tile.DeclareZero();
        }

        WriteSum(writer, stepsALine, () =>
        {
            tile.Accumulate(
                row => Reference.At("xRow", row * plan.XStride),
                v => t.Load("weights", PanelLayout.OffsetOf(0, v * lanes, plan.Inputs)));
            writer.Line(Reference.Advance("xRow", 1));
            writer.Line(Reference.Advance("weights", PanelLayout.Width));
        });
        writer.Line();
        foreach (string operand in _steps.ElementOperands)
        {
            writer.Line(Reference.Declare($"{operand}Tile", operand, place));
        }

        tile.Finish(_steps, Unit, biasDone: _steps.LeadingBias is not null);
    }

    // The next group of columns comes near while this one is used: a cache line every few steps, spread over all tiles of the group.
    private void WriteSum(CodeWriter writer, int stepsALine, Action writeStep)
    {
        if (stepsALine == 0)
        {
            using (writer.Block($"for (nuint k = 0; k < {plan.Inputs}; k++)"))
            {
                writeStep();
            }

            return;
        }

        string end = plan.Inputs % stepsALine == 0 ? $"k + {stepsALine}" : $"nuint.Min(k + {stepsALine}, {plan.Inputs})";
        using (writer.Block($"for (nuint k = 0; k < {plan.Inputs};)"))
        {
            writer.Line("Prefetch.Near(ref Add(ref panel, ahead));");
            writer.Line($"ahead += {PanelLayout.Width};");
            using (writer.Block($"for (nuint end = {end}; k < end; k++)"))
            {
                writeStep();
            }
        }
    }
}
