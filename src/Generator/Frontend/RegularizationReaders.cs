using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Readers of the layers that act in training only.</summary>
internal static class RegularizationReaders
{
    public static LayerSpec Dropout(LayerArguments arguments) =>
        new DropoutSpec(arguments.Position, arguments.Name, arguments.DropRate("rate"));

    public static LayerSpec AlphaDropout(LayerArguments arguments) =>
        new AlphaDropoutSpec(arguments.Position, arguments.Name, arguments.DropRate("rate"));

    public static LayerSpec GaussianDropout(LayerArguments arguments) =>
        new GaussianDropoutSpec(arguments.Position, arguments.Name, arguments.DropRate("rate"));

    public static LayerSpec GaussianNoise(LayerArguments arguments) =>
        new GaussianNoiseSpec(arguments.Position, arguments.Name, arguments.Number("stddev", NumberRange.ToOne, fallback: 0f));

    public static LayerSpec ActivityRegularization(LayerArguments arguments) =>
        new ActivityRegularizationSpec(arguments.Position, arguments.Name, arguments.Penalty("L1", "L2"));
}
