using Unroll.Generator.Shapes;

namespace Unroll.Generator.Graph;

/// <summary>
/// The table of derivatives: for each kind of operation, how the gradient of its result becomes the gradients of its operands.
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
        [typeof(ElementwiseOp)] = Elementwise,
        [typeof(ReshapeOp)] = Reshape,
        [typeof(SoftmaxOp)] = Softmax,
    };

    public static void Apply(GradientTape tape, Op op, Op dy)
    {
        if (!s_rules.TryGetValue(op.Kind.GetType(), out Rule? rule))
        {
            throw new InvalidOperationException($"no gradient rule for {op.Kind.GetType().Name}");
        }

        rule(tape, op, dy);
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

    private static void Elementwise(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op.Inputs[0]];
        switch (((ElementwiseOp)op.Kind).Steps[0])
        {
            // y = x + b:  dx = dy,  db = Σ dy
            case AddBias:
                Op bias = tape[op.Inputs[1]];
                tape.Contribute(x, dy);
                tape.Contribute(
                    bias, tape.Writer.Add(new BatchSumOp(default), bias.Shape, OpScope.Step, tape.Label(op, "BiasGradient"), dy));
                break;

            // y = x + z:  dx = dz = dy
            case AddValue:
                tape.Contribute(x, dy);
                tape.Contribute(tape[op.Inputs[1]], dy);
                break;

            // y = f(x):  dx = dy·f′
            case Activate activate:
                Op saved = ActivationTraits.SavesOutput(activate.Activation) ? op : x;
                tape.Contribute(
                    x, tape.Writer.AddStep(new ActivateGradient(activate.Activation), tape.Label(op, "ActivationGradient"), dy, saved));
                break;

            // y = mask·x:  dx = mask·dy
            case DropoutStep dropout:
                tape.Contribute(x, tape.Writer.AddStep(dropout, tape.Label(op, "Gradient"), dy));
                break;

            case ElementwiseStep step:
                throw new InvalidOperationException($"no gradient rule for {step.GetType().Name}");
        }
    }

    private static void Reshape(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op.Inputs[0]];
        tape.Contribute(x, tape.Writer.Add(new ReshapeOp(), x.Shape, OpScope.Sample, tape.Label(op, "Gradient"), dy));
    }

    // yᵢ = e^xᵢ/Σ e^xⱼ:  dx = y·(dy − Σ y·dy)
    private static void Softmax(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op.Inputs[0]];
        tape.Contribute(
            x, tape.Writer.Add(new SoftmaxGradientOp(), x.Shape, OpScope.Sample, tape.Label(op, "SoftmaxGradient"), op, dy));
    }
}
