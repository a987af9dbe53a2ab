using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>One reader a layer kind. Argument names are those of the attribute's constructor parameters and properties.</summary>
internal static class LayerReaders
{
    public static LayerSpec Dense(LayerArguments arguments) => new DenseSpec(
        arguments.Position,
        arguments.Name,
        arguments.Positive("units", DiagnosticDescriptors.UnitsOutOfRange),
        arguments.Enum("activation", Activation.Linear),
        arguments.Bool("UseBias", fallback: true),
        arguments.Enum("KernelInitializer", Initializer.GlorotUniform),
        arguments.Enum("BiasInitializer", Initializer.Zeros),
        arguments.Penalty("KernelL1", "KernelL2"),
        arguments.Penalty("BiasL1", "BiasL2"));

    public static LayerSpec Activate(LayerArguments arguments) =>
        new ActivateSpec(arguments.Position, arguments.Name, arguments.Enum("activation", Activation.Linear), Coefficient: null);

    public static LayerSpec Flatten(LayerArguments arguments) => new FlattenSpec(arguments.Position, arguments.Name);

    public static LayerSpec Dropout(LayerArguments arguments) => new DropoutSpec(
        arguments.Position,
        arguments.Name,
        arguments.Share("rate", DiagnosticDescriptors.DropoutRateOutOfRange));
}
