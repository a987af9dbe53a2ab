using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Adds the backward pass: the loss's gradient at the output, then the rules of the table in reverse order.</summary>
internal static class GradientBuilder
{
    public static OpGraph AddBackward(OpGraph forward)
    {
        var tape = new GradientTape(forward);
        Op output = forward[forward.Output];
        tape.Contribute(output, tape.Writer.Add(new LossOp(null), output.Shape, OpScope.Sample, new OpLabel("loss", "Gradient"), output));
        foreach (Op op in forward.Ops.Reverse())
        {
            if (tape.GradientOf(op) is Op dy)
            {
                GradientRules.Apply(tape, op, dy);
            }
        }

        EquatableArray<ParameterGradient> gradients = forward.Ops
            .Where(static op => op.Kind is ParameterOp)
            .Select(op => new ParameterGradient(op.Id, WithPenalty(tape, op).Id))
            .ToEquatableArray();
        return new OpGraph(tape.Writer.Ops, forward.Output, forward.Logits, gradients);
    }

    private static Op WithPenalty(GradientTape tape, Op parameter)
    {
        Op gradient = tape.GradientOf(parameter)
            ?? throw new InvalidOperationException($"{parameter.Label.Layer} has no path to the loss");
        Penalty penalty = ((ParameterOp)parameter.Kind).Parameter.Penalty;
        return penalty == Penalty.None
            ? gradient
            : tape.Writer.AddStep(new AddPenaltyGradient(penalty), gradient.Label, gradient, parameter);
    }
}

/// <summary>The gradients found so far, one a value; where several paths meet they are added.</summary>
internal sealed class GradientTape(OpGraph forward)
{
    private readonly Dictionary<int, Op> _gradients = [];
    private readonly Dictionary<int, Op> _ops = forward.Ops.ToDictionary(static op => op.Id);

    public GraphWriter Writer { get; } = new(forward);

    public Op this[int id] => _ops[id];

    public Op? GradientOf(Op value) => _gradients.TryGetValue(value.Id, out Op? gradient) ? gradient : null;

    public void Contribute(Op value, Op gradient)
    {
        _gradients[value.Id] = _gradients.TryGetValue(value.Id, out Op? sum)
            ? Writer.AddStep(new AddValue(), new OpLabel(value.Label.Layer, "GradientSum"), sum, gradient)
            : gradient;
    }

    public OpLabel Label(Op op, string role) => new(op.Label.Layer, role);
}
