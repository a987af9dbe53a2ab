using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Readers of the layers that apply an activation.</summary>
internal static class ActivationReaders
{
    private static readonly (string Property, Activation Activation, NumberRange Range)[] s_coefficients =
    [
        ("Alpha", Activation.Elu, NumberRange.AtLeastZero),
        ("Alpha", Activation.Celu, NumberRange.AboveZero),
        ("NegativeSlope", Activation.LeakyRelu, NumberRange.AtLeastZero),
        ("Lambda", Activation.SoftShrink, NumberRange.AtLeastZero),
        ("Lambda", Activation.HardShrink, NumberRange.AtLeastZero),
        ("Theta", Activation.ThresholdedRelu, NumberRange.AtLeastZero),
        ("B", Activation.Squareplus, NumberRange.AboveZero),
    ];

    public static LayerSpec Activate(LayerArguments arguments)
    {
        Activation activation = arguments.Enum("activation", Activation.Linear);
        return new ActivateSpec(arguments.Position, arguments.Name, activation, Coefficient(arguments, activation));
    }

    public static LayerSpec LeakyRelu(LayerArguments arguments) => new ActivateSpec(
        arguments.Position, arguments.Name, Activation.LeakyRelu, arguments.Number("slope", NumberRange.AtLeastZero, fallback: 0.3f));

    public static LayerSpec ThresholdedRelu(LayerArguments arguments) => new ActivateSpec(
        arguments.Position, arguments.Name, Activation.ThresholdedRelu, arguments.Number("theta", NumberRange.AtLeastZero, fallback: 1f));

    public static LayerSpec PRelu(LayerArguments arguments) => new PReluSpec(
        arguments.Position,
        arguments.Name,
        ParameterReaders.Weights(arguments, "Slope", Initializer.Zeros));

    private static float? Coefficient(LayerArguments arguments, Activation activation)
    {
        float? coefficient = null;
        foreach (string property in s_coefficients.Select(static row => row.Property).Distinct().Where(arguments.IsGiven))
        {
            NumberRange? range = s_coefficients.FirstOrDefault(row => row.Property == property && row.Activation == activation).Range;
            if (range is null)
            {
                string owners = string.Join(" or ", s_coefficients.Where(row => row.Property == property).Select(static row => row.Activation));
                arguments.Report(
                    property, DiagnosticDescriptors.ArgumentWithoutEffect, arguments.Name, property, "activation", owners, activation.ToString());
            }
            else
            {
                coefficient = arguments.Number(property, range, fallback: 0f);
            }
        }

        return coefficient;
    }
}
