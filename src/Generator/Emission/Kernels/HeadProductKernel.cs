using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = left·right for each head of each sample: groups of columns outside, rows of tiles inside.</summary>
internal sealed class HeadProductKernel(HeadProductPlan plan) : KernelEmitter
{
    private static readonly Offset s_head = Offset.Variable("head");

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("left"),
        KernelParameter.Reference("right"),
        KernelParameter.Reference("y"),
        KernelParameter.Count("samples"),
    ];

    public override string Formula => $"y = left·right for {plan.Heads} heads, {plan.Rows} × {plan.Depth} by {plan.Depth} × {plan.Columns}";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} rows × {tile.Columns} columns in {tile.Rows * tile.Vectors} registers, {plan.Depth} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        using (writer.Block("for (; samples != 0; samples--)"))
        {
            using (writer.Block($"for (nuint head = 0; head < {plan.Heads}; head++)"))
            {
                writer.Line(Reference.Declare("leftHead", "left", s_head * plan.Left.Head));
                writer.Line(Reference.Declare("rightHead", "right", s_head * plan.Right.Head));
                writer.Line(Reference.Declare("yHead", "y", s_head * plan.Result.Head));
                Tile tile = plan.Tiles.On(t.Machine);
                ColumnGroups.Write(writer, tile, plan.ComputedColumns, group => WriteRows(writer, t, tile, group));
            }

            writer.Line();
            writer.Line(Reference.Advance("left", plan.Left.Sample));
            writer.Line(Reference.Advance("right", plan.Right.Sample));
            writer.Line(Reference.Advance("y", plan.Result.Sample));
        }
    }

    private void WriteRows(CodeWriter writer, SimdTarget t, Tile tile, ColumnGroup group)
    {
        int full = plan.Rows - tile.TailRows;
        using (writer.Block($"for (nuint row = 0; row < {full}; row += {tile.Rows})"))
        {
            WriteTile(writer, t, tile.Rows, group, Offset.Variable("row"));
        }

        if (tile.TailRows > 0)
        {
            using (writer.Braces())
            {
                WriteTile(writer, t, tile.TailRows, group, full);
            }
        }
    }

    private void WriteTile(CodeWriter writer, SimdTarget t, int rows, ColumnGroup group, Offset row)
    {
        var tile = new RegisterTile(writer, t, rows, group.Vectors, (r, c) => (r * plan.Result.Row) + c, group.Padding);
        writer.Line(Reference.Declare("terms", "leftHead", row * plan.Left.Row));
        writer.Line(Reference.Declare("factors", "rightHead", group.First));
        writer.Line(Reference.Declare("tile", "yHead", (row * plan.Result.Row) + group.First));
        tile.DeclareZero();
        using (writer.Block($"for (nuint k = 0; k < {plan.Depth}; k++)"))
        {
            tile.Accumulate(r => Reference.At("terms", r * plan.Left.Row), v => t.Load("factors", v * t.Machine.Lanes));
            writer.Line(Reference.Advance("terms", plan.Left.Term));
            writer.Line(Reference.Advance("factors", plan.Right.Row));
        }

        writer.Line();
        tile.Store();
    }
}
