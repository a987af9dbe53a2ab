namespace Unroll.Generator.Graph;

/// <summary>The table of derivatives of elementwise steps over two values, each of which receives its part.</summary>
internal static class MergeGradientRules
{
    /// <returns>False for a step of one value.</returns>
    public static bool TryApply(GradientTape tape, Op op, ElementwiseStep step, Op dy)
    {
        Op Step(ElementwiseStep gradient, string role, params Op[] operands) =>
            tape.Writer.AddStep(gradient, tape.Label(op, role), dy, operands);

        Op? dx, dz;
        Op x = tape[op.Inputs[0]];
        Op? z = op.Inputs.Count > 1 ? tape[op.Inputs[1]] : null;
        switch (step)
        {
            // y = x + z:  dx = dz = dy
            case AddValue:
                (dx, dz) = (dy, dy);
                break;

            // y = x − z:  dx = dy,  dz = −dy
            case SubtractValue:
                (dx, dz) = (dy, Step(new Rescale(-1f, 0f), "SubtrahendGradient"));
                break;

            // y = x·z:  dx = dy·z,  dz = dy·x
            case MultiplyValue:
                (dx, dz) = (Step(new MultiplyValue(), "Gradient", z!), Step(new MultiplyValue(), "FactorGradient", x));
                break;

            // y = max(x, z): the larger receives dy, half of it where both are equal
            case ExtremeOfValues extreme:
                var gradient = new ExtremeGradient(extreme.IsMaximum);
                (dx, dz) = (Step(gradient, "Gradient", x, z!), Step(gradient, "OtherGradient", z!, x));
                break;

            default:
                return false;
        }

        tape.Contribute(x, dx);
        tape.Contribute(z!, dz);
        return true;
    }
}
