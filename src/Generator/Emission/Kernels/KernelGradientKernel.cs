using Unroll.Generator.Emission.Targets;
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
        KernelParameter.Count("first"),
        KernelParameter.Count("last"),
    ];

    public override string Formula => $"dw = {StepText.Of("xᵀ·dy", plan.Steps)}, {plan.Inputs} × {plan.Units}, rows first..last-1";

    public override string TileText(SimdTarget target)
    {
        Tile tile = TileOf(target);
        int rows = Math.Min(tile.Rows, plan.Inputs);
        return $"tile: {rows} rows × {tile.Vectors * target.Machine.Lanes} units in {rows * tile.Vectors} registers, as deep as the batch";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = TileOf(t);
        int tail = plan.Inputs % tile.Rows;
        if (plan.Inputs >= tile.Rows)
        {
            using (writer.Block($"for (nuint i = first; i + {tile.Rows} <= last; i += {tile.Rows})"))
            {
                WriteRow(writer, t, tile, tile.Rows, "i");
            }
        }

        if (tail > 0)
        {
            if (plan.Inputs >= tile.Rows)
            {
                writer.Line();
            }

            using (writer.Block($"if (last == {plan.Inputs})"))
            {
                WriteRow(writer, t, tile, tail, CSharpLiteral.Of(plan.Inputs - tail));
            }
        }
    }

    private void WriteRow(CodeWriter writer, SimdTarget t, Tile tile, int rows, string row) =>
        ColumnGroups.Write(writer, tile, plan.DyStride, (column, vectors) =>
        {
            var registers = new RegisterTile(writer, t, rows, vectors, PanelLayout.Width, plan.Inputs * PanelLayout.Width);
            registers.Declare(_ => t.Zero);
            using (writer.Block(
                $"for (nuint done = 0, block = 0; done < vectors; done += {plan.BlockVectors}, block += {plan.BlockFloats})"))
            {
                writer.Line($"ref float xRow = ref Unsafe.Add(ref x, {ColumnGroups.Sum("block", row)});");
                writer.Line($"ref float dyRow = ref Unsafe.Add(ref dy, {ColumnGroups.Sum("block", column)});");
                writer.Line($"nuint count = vectors - done < {plan.BlockVectors} ? vectors - done : {plan.BlockVectors};");
                using (writer.Block("for (; count != 0; count--)"))
                {
                    registers.Accumulate(
                        r => r == 0 ? "xRow" : $"Unsafe.Add(ref xRow, {r})",
                        v => t.Load("dyRow", v * t.Machine.Lanes));
                    writer.Line($"xRow = ref Unsafe.Add(ref xRow, {plan.XStride});");
                    writer.Line($"dyRow = ref Unsafe.Add(ref dyRow, {plan.DyStride});");
                }
            }

            writer.Line();
            string offset = ColumnGroups.Sum(ColumnGroups.PanelOffset(tile, column, plan.Inputs), RowOffset(row));
            foreach (string operand in _steps.ElementOperands.Prepend("dw"))
            {
                string name = operand == "dw" ? "tile" : $"{operand}Tile";
                writer.Line($"ref float {name} = {ColumnGroups.Behind(operand, offset)};");
            }

            registers.Finish(
                _steps, (operand, v, _) => ColumnGroups.LoadUnit(t, operand, column, v * t.Machine.Lanes), offset, biasDone: false);
        });

    private static string RowOffset(string row) =>
        int.TryParse(row, out int constant) ? CSharpLiteral.Of(constant * PanelLayout.Width) : $"{row} * {PanelLayout.Width}";

    private Tile TileOf(SimdTarget target) => plan.Tiles.First(tile => tile.Machine == target.Machine);
}
