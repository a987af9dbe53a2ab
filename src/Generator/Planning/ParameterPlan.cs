using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>The arena of the parameters. Gradients and optimizer state lie at the same offsets of theirs.</summary>
internal sealed record ParameterPlan(EquatableArray<PlannedParameter> Parameters, int Floats)
{
    public static ParameterPlan Plan(OpGraph graph)
    {
        var planned = new List<PlannedParameter>();
        int offset = 0;
        foreach (Op op in graph.Ops.Where(static op => op.Kind is ParameterOp))
        {
            planned.Add(new PlannedParameter(op.Id, ((ParameterOp)op.Kind).Parameter, offset));
            offset = checked(offset + PanelLayout.FloatsOf(op.Shape));
        }

        return new ParameterPlan(planned.ToEquatableArray(), offset);
    }

    public int OffsetOf(int op) => Parameters.First(parameter => parameter.Op == op).Offset;
}

internal sealed record PlannedParameter(int Op, ParameterSpec Spec, int Offset);
