using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Mean, variance and 1/√(variance + ε) of each unit over the batch: two passes, so that the variance does not cancel.</summary>
internal sealed class BatchMomentsKernel(BatchMomentsPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.Reference("x"), KernelParameter.Reference("moments"), KernelParameter.Count("vectors")];

    public override string Formula => $"moments = mean(x), variance(x), 1/√(variance + ε), {plan.Units} units";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        int padded = PanelLayout.Pad(plan.Units);
        var sizes = new BatchLoopSizes(plan.PartialVectors, plan.Stride);
        int lanes = t.Machine.Lanes;
        writer.Line($"{t.Vector} share = {t.Broadcast("1f / vectors")};");
        ColumnGroups.Write(writer, tile, padded, group =>
        {
            (Offset column, int vectors) = (group.First, group.Vectors);
            BatchLoop.Write(writer, t, sizes, column, vectors, "mean", [("row", "x")], v => t.Load("row", v * lanes));
            for (int v = 0; v < vectors; v++)
            {
                writer.Line($"mean{v} *= share;");
            }

            writer.Line();
            BatchLoop.Write(writer, t, sizes, column, vectors, "square", [("row", "x")], v =>
                $"({t.Load("row", v * lanes)} - mean{v}) * ({t.Load("row", v * lanes)} - mean{v})");
            for (int v = 0; v < vectors; v++)
            {
                string variance = $"square{v} * share";
                Offset at = column + (v * lanes);
                writer.Line(t.Store($"mean{v}", "moments", at));
                writer.Line(t.Store(variance, "moments", at + padded));
                string deviation = t.Sqrt($"{variance} + {t.Constant(plan.Epsilon)}");
                writer.Line(t.Store($"{t.Constant(1f)} / {deviation}", "moments", at + (2 * padded)));
            }
        });
    }
}

/// <summary>The means of dy and dy·x̂ of each unit over the batch.</summary>
internal sealed class BatchProjectionsKernel(BatchProjectionsPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("dy"),
        KernelParameter.Reference("standardized"),
        KernelParameter.Reference("projections"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => $"projections = mean(dy), mean(dy·x̂), {plan.Units} units";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        int padded = PanelLayout.Pad(plan.Units);
        var sizes = new BatchLoopSizes(plan.PartialVectors, plan.Stride);
        int lanes = t.Machine.Lanes;
        writer.Line($"{t.Vector} share = {t.Broadcast("1f / vectors")};");
        ColumnGroups.Write(writer, tile, padded, group =>
        {
            (Offset column, int vectors) = (group.First, group.Vectors);
            BatchLoop.Write(writer, t, sizes, column, vectors, "sum", [("dyRow", "dy")], v => t.Load("dyRow", v * lanes));
            BatchLoop.Write(writer, t, sizes, column, vectors, "dot", [("dyRow", "dy"), ("xRow", "standardized")], v =>
                $"{t.Load("dyRow", v * lanes)} * {t.Load("xRow", v * lanes)}");
            for (int v = 0; v < vectors; v++)
            {
                Offset at = column + (v * lanes);
                writer.Line(t.Store($"sum{v} * share", "projections", at));
                writer.Line(t.Store($"dot{v} * share", "projections", at + padded));
            }
        });
    }
}
