using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
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
        .. Fold.Parameters(plan.Steps),
    ];

    public override string Formula => $"db = {StepText.Of("Σ dy", plan.Steps)}, {plan.Units} units";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        var sizes = new BatchLoopSizes(plan.PartialVectors, plan.Stride);
        ColumnGroups.Write(writer, tile, PanelLayout.Computed(plan.Units), group =>
        {
            (Offset column, int vectors) = (group.First, group.Vectors);
            int lanes = t.Machine.Lanes;
            Offset PlaceOf(int v) => column + (v * lanes);
            BatchLoop.Write(writer, t, sizes, column, vectors, "s", [("row", "dy")], v => t.Load("row", v * lanes), v => t.Load("db", PlaceOf(v)));
            Fold.WriteEnd(
                writer,
                plan.Steps,
                () =>
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        string Load(string operand) => t.Load(operand, PlaceOf(v));
                        var place = new StepPlace((operand, _) => Load(operand), Load, Load);
                        writer.Line(t.Store(_steps.Write(writer, t, $"s{v}", place), "db", PlaceOf(v)));
                    }
                },
                () => writer.Wrapped(Enumerable.Range(0, vectors).Select(v => t.Store($"s{v}", "db", PlaceOf(v)))));
            for (int v = vectors; v < vectors + group.Padding; v++)
            {
                writer.Line(t.Store(t.Zero, "db", PlaceOf(v)));
            }
        });
    }
}
