using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>Operations that run between two barriers.</summary>
/// <param name="PerSample">
/// True: each worker takes some samples through all operations. False: each worker takes parts of the operations' results.
/// </param>
internal sealed record Phase(bool PerSample, EquatableArray<Op> Ops);

/// <summary>
/// Cuts a graph into phases. Samples do not meet within a phase, so only sums over the batch and what depends on them need a barrier;
/// no sum depends on how the work was shared.
/// </summary>
internal static class PhasePlanner
{
    public static EquatableArray<Phase> Plan(OpGraph graph)
    {
        // Even levels hold the work without a batch axis, odd levels the work on samples.
        var levels = new Dictionary<int, int>();
        foreach (Op op in graph.Ops)
        {
            levels[op.Id] = LevelOf(op, levels);
        }

        var consumed = new HashSet<int>(graph.Ops.SelectMany(static op => op.Inputs));
        int last = levels.Values.Max();
        int lastStep = last % 2 == 0 ? last : last + 1;

        // Gradients nobody waits for gather in the last phase: one barrier for all of them.
        int FinalLevel(Op op) => op.Scope == OpScope.Step && !consumed.Contains(op.Id) && op.Kind is not ParameterOp
            ? lastStep
            : levels[op.Id];

        return graph.Ops
            .Where(static op => op.Kind is not (InputOp or ParameterOp))
            .GroupBy(FinalLevel)
            .OrderBy(static group => group.Key)
            .Select(static group => new Phase(group.Key % 2 == 1, group.ToEquatableArray()))
            .ToEquatableArray();
    }

    private static int LevelOf(Op op, Dictionary<int, int> levels)
    {
        if (op.Kind is InputOp or ParameterOp)
        {
            return -1;
        }

        int parity = op.Scope == OpScope.Sample ? 1 : 0;
        int level = parity;
        foreach (int input in op.Inputs)
        {
            int before = levels[input];
            if (before < 0)
            {
                continue;
            }

            // Samples may follow samples in a phase; parts of one phase run in any order.
            bool mayShare = parity == 1 && before % 2 == 1;
            int earliest = mayShare ? before : before + 1;
            level = Math.Max(level, earliest % 2 == parity ? earliest : earliest + 1);
        }

        return level;
    }
}
