using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The table of derivatives of elementwise steps.</summary>
internal static class StepGradientRules
{
    public static void Apply(GradientTape tape, Op op, ElementwiseStep step, Op dy)
    {
        if (MergeGradientRules.TryApply(tape, op, step, dy))
        {
            return;
        }

        Op x = tape[op.Inputs[0]];
        Op Step(ElementwiseStep gradient, string role, params Op[] operands) =>
            tape.Writer.AddStep(gradient, tape.Label(op, role), dy, operands);

        switch (step)
        {
            // y = x + b:  dx = dy,  db = Σ dy
            case AddBias:
                tape.Contribute(x, dy);
                ContributeSum(tape, op, dy, "BiasGradient");
                break;

            // y = s·x:  dx = s·dy,  ds = Σ x·dy
            case ScaleUnits:
                tape.Contribute(x, Step(new ScaleUnits(), "ScaledGradient", tape[op.Inputs[1]]));
                ContributeSum(tape, op, Step(new MultiplyValue(), "ScaleProduct", x), "ScaleGradient");
                break;

            // y = (x − s₁)·s₀ or s₀·x + s₁ with s fixed:  dx = s₀·dy
            case NormalizeUnits or AffineUnits:
                tape.Contribute(x, Step(new ScaleUnits(), "Gradient", tape[op.Inputs[1]]));
                break;

            // y = c·x + d:  dx = c·dy
            case Rescale rescale:
                tape.Contribute(x, Step(rescale with { Offset = 0f }, "Gradient"));
                break;

            // y = f(x):  dx = dy·f′
            case Activate activate:
                Op saved = activate.Function.SavesOutput ? op : x;
                tape.Contribute(x, Step(new ActivateGradient(activate.Function), "ActivationGradient", saved));
                break;

            // y = max(x, 0) + α·min(x, 0):  dx = dy or α·dy,  dα = Σ dy·min(x, 0)
            case ParametricRelu:
                tape.Contribute(x, Step(new ParametricReluGradient(), "Gradient", x, tape[op.Inputs[1]]));
                ContributeSum(tape, op, Step(new NegativePart(), "SlopeProduct", x), "SlopeGradient");
                break;

            // x̂ = (x − mean)·r over the batch:  dx = (dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂))·r
            case Standardize when tape[op.Inputs[1]] is { Kind: MaskedMomentsOp } masked:
                ContributeMasked(tape, op, x, dy, masked);
                break;

            case Standardize:
                Op projections = tape.Writer.Add(
                    new BatchProjectionsOp(), Shape.Of(2, x.Shape.Last), OpScope.Step, tape.Label(op, "Projections"), dy, op);
                tape.Contribute(x, Step(new StandardizeGradient(), "Gradient", op, projections, tape[op.Inputs[1]]));
                break;

            default:
                tape.Contribute(x, Noise(step) is ElementwiseStep noise ? Step(noise, "Gradient") : dy);
                break;
        }
    }

    private static void ContributeMasked(GradientTape tape, Op op, Op x, Op dy, Op moments)
    {
        Op mask = tape[moments.Inputs[1]];
        Op projections = tape.Writer.Add(
            new MaskedProjectionsOp(), Shape.Of(2, x.Shape.Last), OpScope.Step, tape.Label(op, "Projections"), dy, op, mask);
        tape.Contribute(x, tape.Writer.Add(
            new MaskedStandardizeGradientOp(), x.Shape, OpScope.Sample, tape.Label(op, "Gradient"), dy, op, projections, moments, mask));
    }

    // Random factors draw the same numbers on the way back; an added number leaves the gradient as it is.
    private static ElementwiseStep? Noise(ElementwiseStep step) => step switch
    {
        DropoutStep or MultiplyGaussian => step,
        AlphaDropoutStep dropout => dropout with { Offset = 0f, Dropped = 0f },
        AddGaussian => null,
        _ => throw new InvalidOperationException($"no gradient rule for {step.GetType().Name}"),
    };

    private static void ContributeSum(GradientTape tape, Op op, Op terms, string role)
    {
        Op parameter = tape[op.Inputs[1]];
        tape.Contribute(
            parameter, tape.Writer.Add(new BatchSumOp(default), parameter.Shape, OpScope.Step, tape.Label(op, role), terms));
    }
}
