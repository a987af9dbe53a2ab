using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>Turns the operations of each phase into calls.</summary>
internal static class SchedulePlanner
{
    public static EquatableArray<PlannedPhase> Plan(
        OpGraph graph, EquatableArray<Phase> phases, BufferPlan buffers, IReadOnlyDictionary<int, KernelPlan> kernels)
    {
        var samples = new SampleCallPlanner(graph, buffers, kernels);
        var parts = new PartCallPlanner(graph, buffers, kernels);
        return phases.Select(phase => new PlannedPhase(phase.Kind, StatementsOf(phase).ToEquatableArray())).ToEquatableArray();

        IEnumerable<PlannedStatement> StatementsOf(Phase phase)
        {
            foreach (Op op in phase.Ops)
            {
                PlannedStatement? planned = phase.Kind != PhaseKind.Samples ? parts.Plan(op)
                    : samples.Plan(op) is { } statement ? new PlannedStatement(statement, Parts: 1)
                    : null;
                if (planned is not null)
                {
                    yield return planned with { MultiplyAdds = graph.MultiplyAddsOf(op) };
                }
            }
        }
    }
}
