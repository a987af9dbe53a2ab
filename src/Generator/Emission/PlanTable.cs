using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>One row an operation of a training step: how it is computed, what it touches, and what it is expected to cost.</summary>
internal static class PlanTable
{
    private static readonly SimdMachine s_predicted = SimdMachine.WidestFirst[0];

    public static string Text(NetworkPlan plan, KernelNames kernels)
    {
        PassPlan pass = plan.Training;
        Op[] ops = [.. pass.Phases.SelectMany(static phase => phase.Ops).Where(op => pass.Kernels[op.Id] is not ViewPlan)];
        double[] cycles = [.. ops.Select(op => KernelCost.CyclesABlock(pass, op, s_predicted))];
        double total = cycles.Sum();
        var rows = new List<string[]>
        {
            new[] { "kernel", "layout" }
                .Concat(SimdMachine.WidestFirst.Select(static machine => machine.Name))
                .Concat(["unroll", "bytes", "multiply-adds", "share"])
                .ToArray(),
        };
        rows.AddRange(ops.Select((op, index) => Row(pass, kernels, op, cycles[index] / total)));
        int block = pass.Buffers.BlockSamples;
        return $"A training step of {block} samples, kernel by kernel: the layout of its result, its tile on each machine (rows × vectors), the\n"
            + $"multiply-adds written out in its innermost loop, the bytes it touches, multiply-adds, and the share of the time that the plan\n"
            + $"expects at {s_predicted.Lanes * 32} bits.\n\n"
            + TextTable.Of(rows, leftAligned: 2);
    }

    private static string[] Row(PassPlan pass, KernelNames kernels, Op op, double share)
    {
        KernelPlan plan = pass.Kernels[op.Id];
        IReadOnlyList<Tile> all = KernelCost.TilesOf(plan);
        Tile[] tiles = all.Count == 0 ? [] : [.. SimdMachine.WidestFirst.Select(machine => all.On(plan.MachineFor(machine)))];
        IEnumerable<string> shapes = all.Count == 0
            ? SimdMachine.WidestFirst.Select(static _ => "")
            : tiles.Select(static tile => $"{tile.Rows} × {tile.Vectors}");
        long multiplyAdds = KernelCost.MultiplyAddsABlock(pass, op);
        return
        [
            kernels.NameOf(op, plan),
            Text(pass.Buffers[op.Id].Layout),
            .. shapes,
            tiles.Length == 0 ? "" : CSharpLiteral.Of(tiles[0].Sums),
            NumberText.Grouped(KernelCost.BytesABlock(pass, op)),
            multiplyAdds == 0 ? "" : NumberText.Grouped(multiplyAdds),
            (100 * share).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + " %",
        ];
    }

    private static string Text(Layout layout) => layout.Arrangement switch
    {
        Arrangement.Panels => $"panels [{PanelLayout.Panels(layout.Columns)}][{layout.Vectors}][{PanelLayout.Width}]",
        Arrangement.Lanes => $"groups of {PanelLayout.Width} lanes",
        _ => $"rows of {layout.Stride}",
    };
}
