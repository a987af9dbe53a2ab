using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Adds the backward pass: the loss's gradient at the output, then what each operation's operands receive, the last operation first.</summary>
internal static class GradientBuilder
{
    public static OpGraph AddBackward(OpGraph forward)
    {
        var tape = new GradientTape(forward);
        for (int index = 0; index < forward.Outputs.Count; index++)
        {
            Op output = forward[forward.Outputs[index].Value];
            tape.Contribute(output, tape.Writer.Add(
                new LossOp(null, index), output.Shape, OpScope.Sample, new OpLabel("loss", "Gradient"), [output, .. MaskOf(tape, forward.Outputs[index])]));
        }

        foreach (Op op in forward.Ops.Reverse())
        {
            // All consumers stand behind a value: its gradient is complete when the walk arrives, but for the share of effects.
            foreach (Op consumer in forward.ConsumersOf(op.Id))
            {
                consumer.Kind.DifferentiateEffect(tape, consumer);
            }

            // Of whole numbers nobody asks for a gradient.
            if (op.Element == ElementType.Float && tape.GradientOf(op) is Op dy)
            {
                op.Kind.Differentiate(tape, op, dy);
            }

            op.Kind.DifferentiateValues(tape, op);
        }

        EquatableArray<ParameterGradient> gradients = forward.Ops
            .Where(static op => op.Kind is ParameterOp { Parameter.IsTrained: true })
            .Select(op => new ParameterGradient(op.Id, WithPenalty(tape, op).Id))
            .ToEquatableArray();
        return forward with { Ops = tape.Writer.Ops, Gradients = gradients };
    }

    // What a step counts depends on how many of the whole batch do.
    private static Op[] MaskOf(GradientTape tape, GraphOutput output)
    {
        if (output.Mask is not int id)
        {
            return [];
        }

        Op mask = tape[id];
        return [mask, tape.Writer.Add(new MaskWeightOp(), Shape.Of(1), OpScope.Step, tape.Label(mask, mask.Label.Role + "Weight"), mask)];
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
