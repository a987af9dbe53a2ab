using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>dw = steps(xᵀ·dy): a tile of dw stays in registers while all samples pass, so a sum never depends on who computes it.</summary>
internal sealed class KernelGradientKernel(KernelGradientPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("dy"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("dw"),
        KernelParameter.Count("vectors"),
        .. Fold.Parameters(plan.Steps),
        .. plan.Parts == 1 ? (KernelParameter[])[] : [KernelParameter.Count("first"), KernelParameter.Count("last")],
    ];

    public override string Formula =>
        $"dw = {StepText.Of("xᵀ·dy", plan.Steps)}, {plan.Inputs} × {plan.Units}{(plan.Parts == 1 ? "" : ", rows first..last-1")}";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        int rows = Math.Min(tile.Rows, plan.Inputs);
        return $"tile: {rows} rows × {tile.Vectors * target.Machine.Lanes} units in {rows * tile.Vectors} registers, as deep as the batch";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        int rows = Math.Min(tile.Rows, plan.Inputs);
        int chunk = plan.ChunkFor(tile);
        using (writer.Block($"for (nuint start = 0; start < vectors; start += {chunk})"))
        {
            writer.Line($"nuint end = nuint.Min(vectors, start + {chunk});");
            ColumnGroups.Write(writer, tile, plan.ComputedColumns, group =>
            {
                bool fetchesAhead = group.Vectors == tile.Vectors && plan.FetchesAhead(tile);
                if (fetchesAhead)
                {
                    writer.Line($"nuint ahead = {tile.Columns};");
                }

                bool isOnly = plan.Parts == 1 && plan.Inputs < 2 * rows;
                using (isOnly ? writer.Braces() : writer.Block(RowLoop(rows)))
                {
                    WriteTile(writer, t, rows, group, isOnly ? 0 : Offset.Variable("i"), fetchesAhead);
                    if (fetchesAhead)
                    {
                        writer.Line($"ahead += {PanelLayout.Width};");
                    }
                }

                if (tile.TailRows > 0)
                {
                    writer.Line();
                    using (plan.Parts == 1 ? writer.Braces() : writer.Block($"if (last == {plan.Inputs})"))
                    {
                        WriteTile(writer, t, tile.TailRows, group, plan.Inputs - tile.TailRows, fetchesAhead: false);
                    }
                }
            });
        }

        if (plan.ClearsPadding)
        {
            int panel = plan.Units / PanelLayout.Width * PanelLayout.Width;
            int end = PanelLayout.Vectors(plan.ComputedColumns, t.Machine) * t.Machine.Lanes;
            for (int row = 0; row < plan.Inputs; row++)
            {
                VectorPadding.Clear(writer, t, "dw", PanelLayout.OffsetOf(row, panel, plan.Inputs), plan.Units - panel, end - panel);
            }
        }
    }

    private string RowLoop(int rows) => plan.Parts == 1
        ? $"for (nuint i = 0; i < {plan.Inputs / rows * rows}; i += {rows})"
        : $"for (nuint i = first; i + {rows} <= last; i += {rows})";

    // A tile goes on from the sums of the chunks before; the last chunk's is finished. Each tile fetches one cache line a row of the columns
    // that come next, so that the first few tiles of these columns bring all of the next ones near.
    private void WriteTile(
        CodeWriter writer, SimdTarget t, int rows, ColumnGroup group, Offset row, bool fetchesAhead)
    {
        var registers = new RegisterTile(writer, t, rows, group.Vectors, (r, c) => PanelLayout.OffsetOf(r, c, plan.Inputs), group.Padding);
        Offset offset = PanelLayout.OffsetOf(row, group.First, plan.Inputs);
        writer.Line(Reference.Declare("tile", "dw", offset));
        registers.DeclareZero();
        using (writer.Block($"if ({Fold.GoesOn} || start != 0)"))
        {
            registers.Load();
        }

        writer.Line();
        Offset start = Offset.Variable("start");
        writer.Line(Reference.Declare("xRow", "x", (start * plan.XStride) + row));
        writer.Line(Reference.Declare("dyRow", "dy", (start * plan.DyStride) + group.First));
        if (fetchesAhead)
        {
            writer.Line("ref float next = ref Add(ref dyRow, ahead);");
        }

        using (writer.Block("for (nuint count = end - start; count != 0; count--)"))
        {
            if (fetchesAhead)
            {
                writer.Line("Prefetch.Near(ref next);");
                writer.Line(Reference.Advance("next", plan.DyStride));
            }

            registers.Accumulate(
                r => Reference.At("xRow", r),
                v => t.Load("dyRow", v * t.Machine.Lanes));
            writer.Line(Reference.Advance("xRow", plan.XStride));
            writer.Line(Reference.Advance("dyRow", plan.DyStride));
        }

        writer.Line();
        if (plan.Steps.Count > 0)
        {
            using (writer.Block($"if ({Fold.Ends} && end == vectors)"))
            {
                foreach (string operand in _steps.ElementOperands)
                {
                    writer.Line(Reference.Declare($"{operand}Tile", operand, offset));
                }

                registers.Finish(
                    _steps, (operand, v, _) => t.Load(operand, group.First + (v * t.Machine.Lanes)), biasDone: false);
            }

            using (writer.Block("else"))
            {
                registers.Store();
            }
        }
        else
        {
            registers.Store();
        }
    }
}
