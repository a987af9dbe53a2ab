using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = steps(x·kernelᵀ) of few units: sums in all lanes run along the inputs, and each is added up across its lanes.</summary>
internal sealed class TransposedProductKernel(TransposedProductPlan plan) : KernelEmitter
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

    public override string Formula => $"y = {StepText.Of("x·kernelᵀ", plan.Steps)}, {plan.Inputs} → {plan.Units}";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} rows × {tile.Vectors} units in {tile.Rows * tile.Vectors} registers, added up across their lanes";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        writer.Line("nuint vector = 0;");
        if (tile.Rows > 1)
        {
            using (writer.Block($"for (; vector + {tile.Rows} <= vectors; vector += {tile.Rows})"))
            {
                WriteTile(writer, t, tile.Rows);
            }

            writer.Line();
        }

        using (writer.Block("for (; vector < vectors; vector++)"))
        {
            WriteTile(writer, t, rows: 1);
        }
    }

    private void WriteTile(CodeWriter writer, SimdTarget t, int rows)
    {
        Offset vector = Offset.Variable("vector");
        var sums = new RegisterTile(writer, t, rows, plan.Units, static (_, _) => 0);
        writer.Line(Reference.Declare("xRow", "x", vector * plan.XStride));
        writer.Line(Reference.Declare("weights", "kernel"));
        writer.Line(Reference.Declare("tile", "y", vector * plan.YStride));
        sums.DeclareZero();
        using (writer.Block($"for (nuint k = 0; k < {plan.Whole}; k += {PanelLayout.Width})"))
        {
            WritePanel(t, sums, PanelLayout.Width);
            writer.Line(Reference.Advance("xRow", PanelLayout.Width));
            writer.Line(Reference.Advance("weights", plan.Units * PanelLayout.Width));
        }

        writer.Line();
        if (plan.Inputs > plan.Whole)
        {
            using (writer.Braces())
            {
                WritePanel(t, sums, plan.Inputs - plan.Whole);
            }

            writer.Line();
        }

        WriteResults(writer, t, rows);
    }

    // What stands behind the last input may be anything.
    private void WritePanel(SimdTarget t, RegisterTile sums, int inputs)
    {
        var columns = new MaskedColumns(t, inputs);
        for (int v = 0; v < columns.Used; v++)
        {
            int vector = v;
            sums.AccumulateEach(
                (row, _) => columns.Load("xRow", row * plan.XStride, vector, t.Zero),
                unit => t.Load("weights", (unit * PanelLayout.Width) + (vector * t.Machine.Lanes)),
                declares: v == 0);
        }
    }

    private void WriteResults(CodeWriter writer, SimdTarget t, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            string[] units = [.. Enumerable.Range(0, plan.Units).Select(unit => $"VectorMath.SumAcross(s{row}{unit})")];
            string others = string.Concat(units.Skip(1).Select(static (sum, index) => $".WithElement({index + 1}, {sum})"));
            writer.Line($"s{row}0 = {t.Scalar(units[0])}{others};");
        }

        foreach (string operand in _steps.ElementOperands)
        {
            writer.Line(Reference.Declare($"{operand}Tile", operand, Offset.Variable("vector") * plan.YStride));
        }

        var registers = new RegisterTile(writer, t, rows, vectors: 1, (r, c) => (r * plan.YStride) + c);
        registers.Finish(_steps, (operand, _, row) => t.Load(operand, row * PanelLayout.Width), biasDone: false);
        int vectors = PanelLayout.Width / t.Machine.Lanes;
        if (vectors > 1)
        {
            writer.Wrapped(
                from row in Enumerable.Range(0, rows)
                from v in Enumerable.Range(1, vectors - 1)
                select t.Store(t.Zero, "tile", (row * plan.YStride) + (v * t.Machine.Lanes)));
        }
    }
}
