using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// The table of derivatives: for each kind of operation, how the gradient of its result becomes the gradients of its operands.
/// Elementwise steps have a table of their own, <see cref="StepGradientRules"/>; what is not in a table has its rule beside its kind.
/// </summary>
internal static class GradientRules
{
    /// <summary>Adds to the graph what <paramref name="op"/>'s operands receive, given <paramref name="dy"/>.</summary>
    private delegate void Rule(GradientTape tape, Op op, Op dy);

    private static readonly Dictionary<Type, Rule> s_rules = new()
    {
        [typeof(InputOp)] = static (_, _, _) => { },
        [typeof(ParameterOp)] = static (_, _, _) => { },
        [typeof(ProductOp)] = Product,
        [typeof(ElementwiseOp)] = static (tape, op, dy) => StepGradientRules.Apply(tape, op, ((ElementwiseOp)op.Kind).OnlyStep!, dy),
        [typeof(TransposeOp)] = Transpose,
        [typeof(ReshapeOp)] = static (tape, op, dy) => Move(tape, op, new ReshapeOp(), dy),
        [typeof(PermuteOp)] = static (tape, op, dy) => Move(tape, op, Inverse((PermuteOp)op.Kind), dy),
        [typeof(RepeatOp)] = static (tape, op, dy) => Move(tape, op, new SumRowsOp(), dy),
        [typeof(SumRowsOp)] = static (tape, op, dy) => Move(tape, op, new RepeatOp(), dy),
        [typeof(BroadcastOp)] = static (tape, op, dy) => Move(tape, op, new SumBroadcastOp(), dy),
        [typeof(ConcatenateOp)] = Concatenate,
        [typeof(DotOp)] = Dot,
        [typeof(UnitNormalizeOp)] = static (tape, op, dy) => Row(
            tape, op, new UnitNormalizeGradientOp(((UnitNormalizeOp)op.Kind).Least), "Gradient", tape[op.Inputs[0]], op, dy),
        [typeof(SoftmaxOp)] = static (tape, op, dy) => Row(tape, op, new SoftmaxGradientOp(), "SoftmaxGradient", op, dy),
        [typeof(LogSoftmaxOp)] = static (tape, op, dy) => Row(tape, op, new LogSoftmaxGradientOp(), "LogSoftmaxGradient", op, dy),
        [typeof(LayerStandardizeOp)] = LayerStandardize,
    };

    public static void Apply(GradientTape tape, Op op, Op dy)
    {
        if (s_rules.TryGetValue(op.Kind.GetType(), out Rule? rule))
        {
            rule(tape, op, dy);
        }
        else
        {
            op.Kind.Differentiate(tape, op, dy);
        }
    }

    // y = x·w:  dx = dy·wᵀ,  dw = xᵀ·dy
    private static void Product(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op.Inputs[0]];
        Op w = tape[op.Inputs[1]];
        Shape transposed = Shape.Of(w.Shape[1], w.Shape[0]);
        Op wT = tape.Writer.Add(new TransposeOp(), transposed, OpScope.Step, tape.Label(op, "Transpose"), w);
        tape.Contribute(x, tape.Writer.Add(new ProductOp(default), x.Shape, OpScope.Sample, tape.Label(op, "InputGradient"), dy, wT));
        tape.Contribute(w, tape.Writer.Add(new KernelGradientOp(default), w.Shape, OpScope.Step, tape.Label(op, "KernelGradient"), x, dy));
    }

    // y = xᵀ:  dx = dyᵀ
    private static void Transpose(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op.Inputs[0]];
        tape.Contribute(x, tape.Writer.Add(new TransposeOp(), x.Shape, OpScope.Step, tape.Label(op, "KernelGradientTranspose"), dy));
    }

    // Each operand receives its part.
    private static void Concatenate(GradientTape tape, Op op, Op dy)
    {
        int axis = ((ConcatenateOp)op.Kind).Axis;
        int start = 0;
        foreach (Op x in op.Inputs.Select(input => tape[input]))
        {
            tape.Contribute(x, tape.Writer.Add(new SliceOp(axis, start), x.Shape, OpScope.Sample, tape.Label(op, "Gradient"), dy));
            start += x.Shape[axis];
        }
    }

    // y = a·bᵀ:  da = dy·b,  db = dyᵀ·a
    private static void Dot(GradientTape tape, Op op, Op dy)
    {
        Op a = tape[op.Inputs[0]];
        Op b = tape[op.Inputs[1]];
        Op Product(Op left, Op right, Op of, string role) => tape.Writer.Add(
            new DotOp(), of.Shape, OpScope.Sample, tape.Label(op, role), left, Transposed(tape, op, right));
        tape.Contribute(a, Product(dy, b, a, "Gradient"));
        tape.Contribute(b, Product(Transposed(tape, op, dy), a, b, "OtherGradient"));
    }

    // A value of one axis is a matrix of one row.
    private static Op Transposed(GradientTape tape, Op op, Op x)
    {
        OpLabel label = tape.Label(op, "Transpose");
        return x.Shape.Rank == 1
            ? tape.Writer.Add(new ReshapeOp(), Shape.Of(x.Shape[0], 1), OpScope.Sample, label, x)
            : tape.Writer.Add(new PermuteOp(EquatableArray.Of(1, 0)), Shape.Of(x.Shape[1], x.Shape[0]), OpScope.Sample, label, x);
    }

    // What only moves elements moves their gradients back.
    private static void Move(GradientTape tape, Op op, OpKind back, Op dy)
    {
        Op x = tape[op.Inputs[0]];
        tape.Contribute(x, tape.Writer.Add(x.PerSample, back, x.Shape, OpScope.Sample, tape.Label(op, "Gradient"), dy));
    }

    // Functions of a whole vector, whose derivative is a kernel over the given operands.
    private static void Row(GradientTape tape, Op op, OpKind gradient, string role, params Op[] operands)
    {
        Op x = tape[op.Inputs[0]];
        tape.Contribute(x, tape.Writer.Add(gradient, x.Shape, OpScope.Sample, tape.Label(op, role), operands));
    }

    private static void LayerStandardize(GradientTape tape, Op op, Op dy)
    {
        var kind = new LayerStandardizeGradientOp(((LayerStandardizeOp)op.Kind).Epsilon);
        Row(tape, op, kind, "Gradient", tape[op.Inputs[0]], op, dy);
    }

    private static PermuteOp Inverse(PermuteOp permute)
    {
        int[] inverse = new int[permute.Axes.Count];
        for (int axis = 0; axis < inverse.Length; axis++)
        {
            inverse[permute.Axes[axis]] = axis;
        }

        return new PermuteOp(inverse.ToEquatableArray());
    }
}
