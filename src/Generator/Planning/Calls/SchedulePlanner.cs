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
        return phases
            .Select(phase => new PlannedPhase(
                phase.Kind,
                phase.Kind == PhaseKind.Samples
                    ? phase.Ops.Select(samples.Plan).OfType<Statement>().Select(static statement => new PlannedStatement(statement, 1)).ToEquatableArray()
                    : phase.Ops.Select(parts.Plan).ToEquatableArray(),
                phase.Ops.Sum(op => kernels[op.Id].MultiplyAdds * VectorsOf(graph, op))))
            .ToEquatableArray();
    }

    /// <summary>The vectors of a sample that an operation works on.</summary>
    public static int VectorsOf(OpGraph graph, Op op)
    {
        Op value = op.Kind.SumsOverBatch ? graph[op.Inputs[0]] : op;
        int vectors = value.Kind is ImageOp { Margins: { IsEmpty: false } margins } ? margins.Inside(Image.Of(value.Shape)).Pixels : value.Shape.Vectors;
        return vectors * value.PerSample;
    }
}
