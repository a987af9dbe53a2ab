using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>db = steps(Σ dy): each column is summed over the samples in their order.</summary>
internal sealed class BatchSumKernel(BatchSumPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("dy"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("db"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => $"db = {StepText.Of("Σ dy", plan.Steps)}, {plan.Units} units";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.First(tile => tile.Machine == t.Machine);
        int padded = PanelLayout.Pad(plan.Units);
        var sizes = new BatchLoopSizes(plan.BlockVectors, plan.BlockFloats, plan.Stride);
        ColumnGroups.Write(writer, tile, padded, (column, vectors) =>
        {
            int lanes = t.Machine.Lanes;
            BatchLoop.Write(writer, t, sizes, column, vectors, "s", [("row", "dy")], v => t.Load("row", v * lanes));
            for (int v = 0; v < vectors; v++)
            {
                string Load(string operand) => t.Load(operand, column + (v * lanes));
                var place = new StepPlace((operand, _) => Load(operand), Load, Load);
                writer.Line(t.Store(_steps.Write(writer, t, $"s{v}", place), "db", column + (v * lanes)));
            }
        });
    }
}
