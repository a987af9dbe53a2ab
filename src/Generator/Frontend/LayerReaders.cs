using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Readers of Dense and of the layers that change shapes. Argument names are those of the attribute's parameters and properties.</summary>
internal static class LayerReaders
{
    public static LayerSpec Dense(LayerArguments arguments) => new DenseSpec(
        arguments.Position,
        arguments.Name,
        arguments.Units("units"),
        arguments.Enum("activation", Activation.Linear),
        arguments.Bool("UseBias", fallback: true),
        ParameterReaders.Weights(arguments, "Kernel", Initializer.GlorotUniform, isMatrix: true),
        ParameterReaders.Weights(arguments, "Bias", Initializer.Zeros));

    public static LayerSpec Flatten(LayerArguments arguments) => new FlattenSpec(arguments.Position, arguments.Name);

    public static LayerSpec Reshape(LayerArguments arguments)
    {
        EquatableArray<int>? sizes = arguments.Numbers("shape");
        if (sizes is { } given && IndexOfUnusable(given) is int unusable)
        {
            arguments.ReportElement(unusable, DiagnosticDescriptors.ReshapeSizes, arguments.Name, List(given));
        }

        return new ReshapeSpec(arguments.Position, arguments.Name, sizes ?? default);
    }

    public static LayerSpec Permute(LayerArguments arguments) =>
        new PermuteSpec(arguments.Position, arguments.Name, arguments.Numbers("dims") ?? default);

    public static LayerSpec RepeatVector(LayerArguments arguments) =>
        new RepeatVectorSpec(arguments.Position, arguments.Name, arguments.Count("n"));

    public static LayerSpec ZeroPadding1D(LayerArguments arguments) => new ZeroPadding1DSpec(
        arguments.Position, arguments.Name, arguments.Rows("left", fallback: 1), arguments.Rows("right", fallback: 1));

    private static int? IndexOfUnusable(EquatableArray<int> sizes)
    {
        int open = 0;
        for (int i = 0; i < sizes.Count; i++)
        {
            open += sizes[i] == -1 ? 1 : 0;
            if (sizes[i] is 0 or < -1 || (sizes[i] == -1 && open > 1))
            {
                return i;
            }
        }

        return sizes.Count == 0 ? 0 : null;
    }

    private static string List(EquatableArray<int> numbers) =>
        $"({string.Join(", ", numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)))})";
}
