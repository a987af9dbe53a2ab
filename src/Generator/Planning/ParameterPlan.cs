using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// The arena of the parameters: what an optimizer trains first, then what only data sets. Gradients and optimizer state lie at the same
/// offsets of theirs.
/// </summary>
/// <param name="Parameters">In layer order.</param>
/// <param name="TrainedFloats">The length of the first part.</param>
internal sealed record ParameterPlan(EquatableArray<PlannedParameter> Parameters, int TrainedFloats, int Floats)
{
    public static ParameterPlan Plan(OpGraph graph)
    {
        Op[] parameters = [.. graph.Ops.Where(static op => op.Kind is ParameterOp)];
        var offsets = new Dictionary<int, int>();
        int end = 0;
        foreach (Op op in parameters.Where(IsTrained))
        {
            offsets.Add(op.Id, end);
            end = checked(end + PanelLayout.FloatsOf(op.Shape));
        }

        int trained = end;
        foreach (Op op in parameters.Where(static op => !IsTrained(op)))
        {
            offsets.Add(op.Id, end);
            end = checked(end + PanelLayout.FloatsOf(op.Shape));
        }

        return new ParameterPlan(
            parameters.Select(op => new PlannedParameter(op.Id, ((ParameterOp)op.Kind).Parameter, offsets[op.Id])).ToEquatableArray(),
            trained,
            end);
    }

    private static bool IsTrained(Op op) => ((ParameterOp)op.Kind).Parameter.IsTrained;
}

internal sealed record PlannedParameter(int Op, ParameterSpec Spec, int Offset);
