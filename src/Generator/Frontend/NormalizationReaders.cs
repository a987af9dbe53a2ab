using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Readers of the layers that shift and scale.</summary>
internal static class NormalizationReaders
{
    private const float DefaultEpsilon = 1e-3f;

    public static LayerSpec BatchNormalization(LayerArguments arguments) => ScaleAndCenter(arguments, new BatchNormalizationSpec(
        arguments.Position,
        arguments.Name,
        arguments.Number("Momentum", NumberRange.BelowOne, fallback: 0.99f),
        arguments.Number("Epsilon", NumberRange.AboveZero, DefaultEpsilon),
        arguments.Bool("Center", fallback: true),
        arguments.Bool("Scale", fallback: true)));

    public static LayerSpec LayerNormalization(LayerArguments arguments) => ScaleAndCenter(arguments, new LayerNormalizationSpec(
        arguments.Position,
        arguments.Name,
        arguments.Number("Epsilon", NumberRange.AboveZero, DefaultEpsilon),
        arguments.Bool("Center", fallback: true),
        arguments.Bool("Scale", fallback: true)));

    public static LayerSpec Normalization(LayerArguments arguments) => new NormalizationSpec(arguments.Position, arguments.Name);

    public static LayerSpec Rescaling(LayerArguments arguments) => new RescalingSpec(
        arguments.Position,
        arguments.Name,
        arguments.Number("scale", NumberRange.Finite, fallback: 1f),
        arguments.Number("offset", NumberRange.Finite, fallback: 0f));

    private static ScaleAndCenterSpec ScaleAndCenter(LayerArguments arguments, ScaleAndCenterSpec spec) => spec with
    {
        Gamma = ParameterReaders.Weights(arguments, "Gamma", Initializer.Ones),
        Beta = ParameterReaders.Weights(arguments, "Beta", Initializer.Zeros),
    };
}
