namespace Unroll.Generator.Graph;

/// <summary>Fails loudly when a rewrite breaks the graph: an error of ours, never of the user's.</summary>
internal static class GraphVerifier
{
    public static void Check(OpGraph graph, string after)
    {
        var seen = new Dictionary<int, Op>();
        foreach (Op op in graph.Ops)
        {
            foreach (int input in op.Inputs)
            {
                Require(seen.ContainsKey(input), $"uses value {input} before it is computed", op, after);
            }

            Require(!seen.ContainsKey(op.Id), "stands twice", op, after);
            CheckKind(op, [.. op.Inputs.Select(input => seen[input])], after);
            seen.Add(op.Id, op);
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
            Require(value.Shape == seen[gradient.Parameter].Shape, "has not its parameter's shape", value, after);
        }
    }

    private static void CheckKind(Op op, Op[] inputs, string after)
    {
        int steps = 0;
        if (op.Kind is FusableOp fusable)
        {
            steps = fusable.Steps.Count(static step => step.Operand != StepOperand.None);
            CheckSteps(op, fusable, inputs, after);
        }

        bool holds = op.Kind switch
        {
            InputOp or ParameterOp => inputs.Length == 0,
            ProductOp => inputs.Length == 2 + steps && inputs[0].Shape.Last == inputs[1].Shape[0]
                && inputs[1].Shape[1] == op.Shape.Last && inputs[0].Shape.Vectors == op.Shape.Vectors,
            KernelGradientOp => inputs.Length == 2 + steps && inputs[0].Shape.Last == op.Shape[0]
                && inputs[1].Shape.Last == op.Shape[1],
            BatchSumOp => inputs.Length == 1 + steps && inputs[0].Shape.Last == op.Shape.Last,
            ElementwiseOp => inputs.Length == 1 + steps && inputs[0].Shape == op.Shape,
            TransposeOp => inputs.Length == 1 && inputs[0].Shape[0] == op.Shape[1] && inputs[0].Shape[1] == op.Shape[0],
            ReshapeOp => inputs.Length == 1 && inputs[0].Shape.Size == op.Shape.Size,
            RepackOp or SoftmaxOp => inputs.Length == 1 && inputs[0].Shape == op.Shape,
            SoftmaxGradientOp => inputs.Length == 2 && inputs.All(input => input.Shape == op.Shape),
            LossOp loss => inputs.Length == (loss.Head is null ? 1 : 2) && inputs.All(input => input.Shape == op.Shape),
            _ => false,
        };
        Require(holds, $"has operands that do not fit: {string.Join(", ", inputs.Select(static input => input.Shape))}", op, after);
        bool sumsRight = !op.Kind.SumsOverBatch || (op.Scope == OpScope.Step && inputs[0].Scope == OpScope.Sample);
        Require(sumsRight, "sums over the batch in the wrong scope", op, after);
    }

    private static void CheckSteps(Op op, FusableOp fusable, Op[] inputs, string after)
    {
        int next = fusable.OwnInputs;
        foreach (ElementwiseStep step in fusable.Steps)
        {
            bool holds = step.Operand switch
            {
                StepOperand.None => true,
                StepOperand.PerUnit => inputs[next].Shape.Size == op.Shape.Last,
                _ => inputs[next].Shape == op.Shape,
            };
            Require(holds, $"has a step {step} whose operand does not fit", op, after);
            next += step.Operand == StepOperand.None ? 0 : 1;
        }
    }

    private static void Require(bool holds, string complaint, Op op, string after)
    {
        if (!holds)
        {
            throw new InvalidOperationException(
                $"after {after}: {op.Kind.GetType().Name} {op.Id} ({op.Label.Layer} {op.Label.Role}, {op.Shape}) {complaint}");
        }
    }
}
