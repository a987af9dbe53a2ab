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
            if (value.Shape != seen[gradient.Parameter].Shape)
            {
                throw Broken(value, after, "has not its parameter's shape");
            }
        }
    }

    private static void CheckKind(Op op, Op[] inputs, string after)
    {
        int steps = 0;
        if (op.Kind is FusableOp fusable)
        {
            steps = CheckSteps(op, fusable, inputs, after);
        }

        if (op.Kind is not ReshapeOp && op.Scope == OpScope.Sample && inputs.Any(input => input.Scope == OpScope.Sample && input.PerSample != op.PerSample))
        {
            throw Broken(op, after, $"has {op.PerSample} values a sample and reads other numbers of them");
        }

        bool holds = op.Kind switch
        {
            InputOp or ParameterOp => inputs.Length == 0,
            ClockOp => inputs.Length == 0 && op.Shape == ClockOp.State,
            ProductOp => inputs.Length == 2 + steps && inputs[0].Shape.Last == inputs[1].Shape[0]
                && inputs[1].Shape[1] == op.Shape.Last && inputs[0].Shape.Vectors == op.Shape.Vectors,
            KernelGradientOp => inputs.Length == 2 + steps && inputs[0].Shape.Last == op.Shape[0] && inputs[1].Shape.Last == op.Shape[1],
            BatchSumOp => inputs.Length == 1 + steps && inputs[0].Shape.Last == op.Shape.Last,
            BatchMomentsOp => inputs.Length == 1 && op.Shape == Shape.Of(3, inputs[0].Shape.Last),
            BatchProjectionsOp => inputs.Length == 2 && inputs[0].Shape == inputs[1].Shape && op.Shape == Shape.Of(2, inputs[0].Shape.Last),
            MovingAverageOp => inputs.Length == 3 && inputs[0].Shape == op.Shape && AreOfUnits(inputs.Skip(1), op),
            AffineOfStatisticsOp affine => inputs.Length == affine.Operands && op.Shape == Shape.Of(2, op.Shape.Last) && AreOfUnits(inputs, op),
            InverseDeviationOp => inputs.Length == 2 && op.Shape == Shape.Of(2, op.Shape.Last) && AreOfUnits(inputs, op),
            ElementwiseOp => inputs.Length == 1 + steps && inputs[0].Shape == op.Shape,
            TransposeOp => inputs.Length == 1 && inputs[0].Shape[0] == op.Shape[1] && inputs[0].Shape[1] == op.Shape[0],
            ReshapeOp => inputs.Length == 1 && inputs[0].Shape.Size * inputs[0].PerSample == op.Shape.Size * op.PerSample,
            PermuteOp => inputs.Length == 1 && inputs[0].Shape.Size == op.Shape.Size,
            BroadcastOp => inputs.Length == 1 && IsRepeated(inputs[0].Shape, op.Shape),
            SumBroadcastOp => inputs.Length == 1 && IsRepeated(op.Shape, inputs[0].Shape),
            ConcatenateOp join => inputs.Length == 2
                && inputs.All(input => input.Shape.With(join.Axis, op.Shape[join.Axis]) == op.Shape)
                && inputs.Sum(input => input.Shape[join.Axis]) == op.Shape[join.Axis],
            SliceOp slice => inputs.Length == 1 && op.Shape.With(slice.Axis, inputs[0].Shape[slice.Axis]) == inputs[0].Shape
                && slice.Start >= 0 && slice.Start + op.Shape[slice.Axis] <= inputs[0].Shape[slice.Axis],
            DotOp => inputs.Length == 2 && inputs[0].Shape.Last == inputs[1].Shape.Last && op.Shape.Vectors == inputs[0].Shape.Vectors
                && op.Shape.Last == inputs[1].Shape.Vectors,
            UnitNormalizeOp => inputs.Length == 1 && inputs[0].Shape == op.Shape,
            UnitNormalizeGradientOp => inputs.Length == 3 && inputs.All(input => input.Shape == op.Shape),
            RepeatOp => inputs.Length == 1 && inputs[0].Shape.Last == op.Shape.Last && inputs[0].Shape.Vectors == 1,
            SumRowsOp => inputs.Length == 1 && inputs[0].Shape.Last == op.Shape.Last && op.Shape.Vectors == 1,
            RepackOp or SoftmaxOp or LogSoftmaxOp or LayerStandardizeOp or ActivityPenaltyGradientOp =>
                inputs.Length == 1 && inputs[0].Shape == op.Shape,
            SoftmaxGradientOp or LogSoftmaxGradientOp => inputs.Length == 2 && inputs.All(input => input.Shape == op.Shape),
            LayerStandardizeGradientOp => inputs.Length == 3 && inputs.All(input => input.Shape == op.Shape),
            BatchNormalizeOp normalize => inputs.Length == normalize.Statistics + (normalize.IsMasked ? 2 : 1) && inputs[0].Shape == op.Shape
                && AreOfUnits(inputs.Skip(1).Take(normalize.Statistics), op)
                && (!normalize.IsMasked || inputs[inputs.Length - 1].Shape == Shape.Of(op.Shape[0])),
            ScaleKernelColumnsOp => inputs.Length == 2 && inputs[0].Shape == op.Shape && inputs[1].Shape.Last == op.Shape[1],
            ScaleKernelRowsOp => inputs.Length == 2 && inputs[0].Shape == op.Shape && op.Shape[0] % inputs[1].Shape.Last == 0,
            ScaleBiasOp => inputs.Length is 1 or 2 && inputs[0].Shape == Shape.Of(2, op.Shape.Last) && inputs.Skip(1).All(bias => bias.Shape == op.Shape),
            ShiftBiasOp => inputs.Length is 2 or 3 && inputs[0].Shape[1] == op.Shape.Last && inputs[0].Shape[0] % inputs[1].Shape.Last == 0
                && inputs.Skip(2).All(bias => bias.Shape == op.Shape),
            ActivityPenaltyOp => inputs.Length == 1 && op.Shape.Size == 1,
            LossOp loss => inputs.Length - loss.Values is 0 or 2 && inputs.Take(loss.Values).All(input => input.Shape == op.Shape),
            _ => HasOwnInputs(op.Kind, inputs.Length - steps)
                && op.Kind.Accepts(op.Shape, [.. inputs.Take(inputs.Length - steps).Select(static input => input.Shape)]),
        };
        if (!holds)
        {
            throw Broken(op, after, $"has operands that do not fit: {string.Join(", ", inputs.Select(static input => input.Shape))}");
        }

        if (op.Kind.SumsOverBatch && (op.Scope != OpScope.Step || inputs[0].Scope != OpScope.Sample))
        {
            throw Broken(op, after, "sums over the batch in the wrong scope");
        }
    }

    private static bool IsRepeated(Shape small, Shape large) => small.Rank <= large.Rank && Enumerable.Range(1, small.Rank).All(fromEnd =>
        small[small.Rank - fromEnd] == 1 || small[small.Rank - fromEnd] == large[large.Rank - fromEnd]);

    /// <summary>Whether they have a value for each unit, in one row or in several.</summary>
    private static bool AreOfUnits(IEnumerable<Op> inputs, Op op) => inputs.All(input => input.Shape.Last == op.Shape.Last);

    private static bool HasOwnInputs(OpKind kind, int count) => kind is FusableOp fusable ? count == fusable.OwnInputs : count > 0;

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

                Shape shape = inputs[next++].Shape;
                bool holds = operand.Extent == OperandExtent.Unit ? shape.Last == op.Shape.Last : shape == op.Shape;
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
