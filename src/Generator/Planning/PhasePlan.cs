using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>Operations that run between two barriers.</summary>
internal sealed record Phase(PhaseKind Kind, EquatableArray<Op> Ops);

internal enum PhaseKind
{
    /// <summary>Each worker takes parts of the operations' results.</summary>
    Parts,

    /// <summary>Each worker takes some samples through all operations.</summary>
    Samples,

    /// <summary>Changes what the network remembers, once the step is known to be sound.</summary>
    Commit,
}

/// <summary>
/// Cuts a graph into phases. Samples do not meet within a phase, so only sums over the batch and what depends on them need a barrier;
/// no sum depends on how the work was shared.
/// </summary>
internal static class PhasePlanner
{
    private const int CommitLevel = int.MaxValue;

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

        // Gradients nobody waits for gather in the last phase: one barrier for all of them. What changes the network comes after.
        int FinalLevel(Op op) => op.Kind.Commits ? CommitLevel
            : op.Scope == OpScope.Step && !consumed.Contains(op.Id) && op.Kind is not ParameterOp ? lastStep
            : levels[op.Id];

        return graph.Ops
            .Where(static op => op.Kind is not (InputOp or ParameterOp))
            .GroupBy(FinalLevel)
            .OrderBy(static group => group.Key)
            .Select(static group => new Phase(KindOf(group.Key), group.ToEquatableArray()))
            .ToEquatableArray();
    }

    private static PhaseKind KindOf(int level) => level == CommitLevel ? PhaseKind.Commit
        : level % 2 == 0 ? PhaseKind.Parts
        : PhaseKind.Samples;

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
