using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A stand-alone activation; <c>Coefficient</c> is its α, slope, threshold or offset, null for the default of its definition.</summary>
internal sealed record ActivateLayer(int Position, string Name, Activation Function, float? Coefficient) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Activate", "activate", Read) { Keras = "Activation" };

    public static readonly LayerKind LeakyRelu = new("LeakyRelu", "leaky_relu", static arguments => new ActivateLayer(
        arguments.Position,
        arguments.Name,
        Activation.LeakyRelu,
        arguments.Number("slope", NumberRange.AtLeastZero, fallback: 0.3f)))
    { Keras = "LeakyReLU" };

    public static readonly LayerKind ThresholdedRelu = new("ThresholdedRelu", "thresholded_relu", static arguments => new ActivateLayer(
        arguments.Position,
        arguments.Name,
        Activation.ThresholdedRelu,
        arguments.Number("theta", NumberRange.AtLeastZero, fallback: 1f)))
    { Keras = "ThresholdedReLU" };

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

    public override bool IsActivation => true;

    /// <summary>The function: a reader of summaries and drawings asks for that.</summary>
    public override string Kind => Function.ToString();

    public override Activation Activation => Function;

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Activate(ActivationFunction.Of(Function, Coefficient), "Forward", x);

    private static Layer Read(LayerArguments arguments)
    {
        Activation activation = arguments.Enum("activation", Activation.Linear);
        return new ActivateLayer(arguments.Position, arguments.Name, activation, ReadCoefficient(arguments, activation));
    }

    private static float? ReadCoefficient(LayerArguments arguments, Activation activation)
    {
        float? coefficient = null;
        foreach (string property in s_coefficients.Select(static row => row.Property).Distinct().Where(arguments.IsGiven))
        {
            NumberRange? range = s_coefficients.FirstOrDefault(row => row.Property == property && row.Activation == activation).Range;
            if (range is null)
            {
                string owners = string.Join(" or ", s_coefficients.Where(row => row.Property == property).Select(static row => row.Activation));
                arguments.RefuseUnread(property, "activation", owners, activation.ToString());
            }
            else
            {
                coefficient = arguments.Number(property, range, fallback: 0f);
            }
        }

        return coefficient;
    }
}
