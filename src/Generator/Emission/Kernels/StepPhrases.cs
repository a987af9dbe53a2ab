using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Every elementwise step as an expression over vectors.</summary>
internal static class StepPhrases
{
    // Random numbers are compared by 24 bits.
    private const double RandomRange = 1 << 24;

    public static Expression Of(SimdTarget t, ElementwiseStep step, string x, IReadOnlyList<string> operands, StepPlace place)
    {
        string Unit(int row = 0) => place.Unit(operands[0], row);
        string Element() => place.Element(operands[0]);

        return step switch
        {
            AddBias => $"{x} + {Unit()}",
            ScaleUnits => $"{x} * {Unit()}",
            AffineUnits => t.MultiplyAdd(x, Unit(0), Unit(1)),
            NormalizeUnits => $"({x} - {Unit(1)}) * {Unit(0)}",
            Rescale { Offset: 0f } rescale => $"{x} * {t.Constant(rescale.Scale)}",
            Rescale rescale => t.MultiplyAdd(x, t.Constant(rescale.Scale), t.Constant(rescale.Offset)),
            AddValue => $"{x} + {Element()}",
            SubtractValue => $"{x} - {Element()}",
            ExtremeOfValues { IsMaximum: true } => t.Max(x, Element()),
            ExtremeOfValues => t.Min(x, Element()),
            ExtremeGradient extreme => ExtremeGradientOf(t, extreme, x, Element(), place.Element(operands[1])),
            MultiplyValue => $"{x} * {Element()}",
            Activate activate => ActivationPhrases.Forward(t, activate.Function, x),
            ActivateGradient gradient => ActivationPhrases.Gradient(t, gradient.Function, x, Element()),
            ParametricRelu => t.Select(t.Greater(x, t.Zero), x, $"{x} * {place.Sample(operands[0])}"),
            ParametricReluGradient => t.Select(t.Greater(Element(), t.Zero), x, $"{x} * {place.Sample(operands[1])}"),
            NegativePart => $"{x} * {t.Min(t.Zero, Element())}",
            Standardize => $"({x} - {Unit(0)}) * {Unit(2)}",
            StandardizeGradient => StandardizeGradientOf(x, operands, place),
            AddPenaltyGradient penalty => Penalty(t, penalty.Penalty, x, Element()),
            NoiseStep noise => Noise(t, noise, x, place),
            _ => throw new InvalidOperationException($"no phrase for {step.GetType().Name}"),
        };
    }

    public static string Key(NoiseStep noise) => "key" + CSharpLiteral.Of(noise.Salt);

    private static Expression StandardizeGradientOf(string x, IReadOnlyList<string> operands, StepPlace place) =>
        $"({x} - {place.Unit(operands[1], 0)} - {place.Element(operands[0])} * {place.Unit(operands[1], 1)}) * {place.Unit(operands[2], 2)}";

    private static Expression ExtremeGradientOf(SimdTarget t, ExtremeGradient step, string dy, string own, string other)
    {
        string notExtreme = step.IsMaximum ? t.Less(own, other) : t.Greater(own, other);
        string isExtreme = step.IsMaximum ? t.Greater(own, other) : t.Less(own, other);
        return t.Select(isExtreme, dy, t.Select(notExtreme, t.Zero, $"{dy} * {t.Constant(0.5f)}"));
    }

    private static Expression Noise(SimdTarget t, NoiseStep step, string x, StepPlace place) => step switch
    {
        DropoutStep dropout => t.Select(
            Keep(t, dropout, dropout.Rate, place), $"{x} * {t.Constant((float)(1.0 / (1.0 - dropout.Rate)))}", t.Zero),
        AlphaDropoutStep dropout => t.Select(
            Keep(t, dropout, dropout.Rate, place),
            t.MultiplyAdd(x, t.Constant(dropout.Scale), t.Constant(dropout.Offset)),
            t.Constant(dropout.Dropped)),
        AddGaussian gaussian => t.MultiplyAdd(t.Normal(place.Position, Key(step)), t.Constant(gaussian.Deviation), x),
        MultiplyGaussian gaussian =>
            $"{x} * {t.MultiplyAdd(t.Normal(place.Position, Key(step)), t.Constant(gaussian.Deviation), t.Constant(1f))}",
        _ => throw new InvalidOperationException($"no phrase for {step.GetType().Name}"),
    };

    private static Expression Keep(SimdTarget t, NoiseStep step, float rate, StepPlace place) =>
        t.KeepMask(step is DropoutStep { OfChannels: true } ? place.ChannelPosition : place.Position, Key(step), (uint)Math.Round(rate * RandomRange));

    // The derivative of l1·|w| + l2·w²; 0 at w = 0.
    private static Expression Penalty(SimdTarget t, Penalty penalty, string x, string w)
    {
        Expression result = x;
        if (penalty.L2 != 0f)
        {
            result = t.MultiplyAdd(w, t.Constant(2f * penalty.L2), result);
        }

        if (penalty.L1 != 0f)
        {
            string sign = t.Select(t.Less(w, t.Zero), t.Constant(-penalty.L1), t.Zero);
            result = $"{result} + " + t.Select(t.Greater(w, t.Zero), t.Constant(penalty.L1), sign);
        }

        return result;
    }
}
