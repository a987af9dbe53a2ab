using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Fails loudly when a rewrite breaks the graph: an error of ours, never of the user's.</summary>
internal static class GraphVerifier
{
    public static void Check(OpGraph graph, string after)
    {
        var seen = new Dictionary<int, Op>();
        foreach (Op op in graph.Ops)
        {
            var inputs = new Op[op.Inputs.Count];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = seen.TryGetValue(op.Inputs[i], out Op? input)
                    ? input
                    : throw Broken(op, after, $"uses value {op.Inputs[i]} before it is computed");
            }

            if (seen.ContainsKey(op.Id))
            {
                throw Broken(op, after, "stands twice");
            }

            CheckKind(op, inputs, after);
            CheckElements(op, inputs, after);
            seen.Add(op.Id, op);
        }

        if (Clocks.FindMixed(graph) is Op mixed)
        {
            throw Broken(mixed, after, "reads values of different clocks");
        }

        foreach (int root in graph.Roots)
        {
            if (!seen.ContainsKey(root))
            {
                throw new InvalidOperationException($"after {after}: output {root} is not computed");
            }
        }

        foreach (ParameterGradient gradient in graph.Gradients)
        {
            Op value = seen[gradient.Value];
            if (!seen.TryGetValue(gradient.Parameter, out Op? parameter) || value.Shape != parameter.Shape)
            {
                throw Broken(value, after, "has not its parameter's shape");
            }
        }
    }

    private static void CheckKind(Op op, Op[] inputs, string after)
    {
        if (!op.Kind.Regroups && op.Scope == OpScope.Sample && inputs.Any(input => input.Scope == OpScope.Sample && input.PerSample != op.PerSample))
        {
            throw Broken(op, after, $"has {op.PerSample} values a sample and reads other numbers of them");
        }

        int own = inputs.Length;
        bool holds = true;
        if (op.Kind is FusableOp fusable)
        {
            own -= CheckSteps(op, fusable, inputs, after);
            holds = own == fusable.OwnInputs;
        }

        Shape Seen(Op value) => op.Kind.Regroups ? Shape.Of([value.PerSample, .. value.Shape.Sizes]) : value.Shape;
        if (!holds || !op.Kind.Accepts(Seen(op), [.. inputs.Take(own).Select(Seen)]))
        {
            throw Broken(op, after, $"has operands that do not fit: {string.Join(", ", inputs.Select(static input => input.Shape))}");
        }

        // The body of a loop tells its values, which the shape of the loop does not.
        if (op.Kind is LoopValueOp value && !(inputs[0].Kind is LoopOp loop && value.IsOf(loop.Body, op.Shape)))
        {
            throw Broken(op, after, $"is no value of {inputs[0].Kind.GetType().Name} {inputs[0].Id} in slot {NumberText.Of(value.Slot)}");
        }

        if (op.Kind.SumsOverBatch && (op.Scope != OpScope.Step || inputs[0].Scope != OpScope.Sample))
        {
            throw Broken(op, after, "sums over the batch in the wrong scope");
        }

        if (op.Scope == OpScope.Step && !op.Kind.MaySumOverBatch && Array.Exists(inputs, static input => input.Scope == OpScope.Sample))
        {
            throw Broken(op, after, "belongs to the step, but reads what each sample has");
        }
    }

    private static void CheckElements(Op op, Op[] inputs, string after)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (op.Kind.ReadsIds(i) && inputs[i].Element != ElementType.WholeNumber)
            {
                throw Broken(op, after, $"reads floats, value {inputs[i].Id}, as ids");
            }
        }

        ElementType element = op.Kind.ElementOf(inputs.Length == 0 ? ElementType.Float : inputs[0].Element);
        if (op.Element != element)
        {
            throw Broken(op, after, $"is said to have elements {op.Element}, but has {element}");
        }
    }

    /// <returns>The number of operands of all steps.</returns>
    private static int CheckSteps(Op op, FusableOp fusable, Op[] inputs, string after)
    {
        int next = fusable.OwnInputs;
        foreach (ElementwiseStep step in fusable.Steps)
        {
            foreach (StepOperand operand in step.Operands)
            {
                if (next >= inputs.Length)
                {
                    throw Broken(op, after, $"lacks the {operand.Name} of a step {step}");
                }

                Op value = inputs[next++];
                bool holds = (operand.Extent == OperandExtent.Unit ? value.Shape.Last == op.Shape.Last : value.Shape == op.Shape)
                    && (operand.Extent == OperandExtent.Element || value.Scope == OpScope.Step);
                if (!holds)
                {
                    throw Broken(op, after, $"has a step {step} whose {operand.Name} does not fit");
                }
            }
        }

        return next - fusable.OwnInputs;
    }

    private static InvalidOperationException Broken(Op op, string after, string complaint) =>
        new($"after {after}: {op.Kind.GetType().Name} {op.Id} ({op.Label.Layer} {op.Label.Role}, {op.Shape}) {complaint}");
}
