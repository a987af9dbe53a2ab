using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The arguments that convolutions share.</summary>
internal static class ConvolutionArguments
{
    /// <param name="arguments">The layer's.</param>
    /// <param name="axes">1 for signals, 2 for images.</param>
    /// <param name="allowsCausal">Whether zeros may stand before the first step only.</param>
    /// <param name="allowsBoth">Whether a window may have strides and dilation at once.</param>
    public static WindowSpec Window(LayerArguments arguments, int axes, bool allowsCausal, bool allowsBoth)
    {
        EquatableArray<int> one = ImageAxes.All(1, axes);
        var window = new WindowSpec(
            ImageAxes.Read(arguments, "kernelSize", axes, one),
            ImageAxes.Read(arguments, "Strides", axes, one),
            ImageAxes.Read(arguments, "Dilation", axes, one),
            arguments.Enum("Padding", Padding.Valid));
        if (window.Padding == Padding.Causal && !allowsCausal)
        {
            arguments.Add(Problem.At(arguments.At("Padding"), DiagnosticDescriptors.CausalPadding, arguments.Name));
            window = window with { Padding = Padding.Valid };
        }

        if (!allowsBoth && window.Strides.Any(static stride => stride > 1) && window.Dilation.Any(static dilation => dilation > 1))
        {
            arguments.Add(Problem.At(
                arguments.At("Dilation"),
                DiagnosticDescriptors.StridesAndDilation,
                arguments.Name,
                ImageAxes.List(window.Strides),
                ImageAxes.List(window.Dilation)));
        }

        return window;
    }

    /// <summary>Groups that divide the filters.</summary>
    public static int Groups(LayerArguments arguments, int filters)
    {
        int groups = arguments.Count("Groups");
        if (groups > 0 && filters % groups != 0)
        {
            arguments.Add(Problem.At(
                arguments.At("Groups"), DiagnosticDescriptors.GroupsDoNotDivide, arguments.Name, "filters", NumberText.Of(filters), NumberText.Of(groups)));
            return 1;
        }

        return Math.Max(1, groups);
    }

    /// <summary>What is wrong with groups that do not divide the channels.</summary>
    public static Problem? CheckGroups(Layer layer, int groups, int channels) => channels % groups == 0 ? null : Problem.At(
        Place.Layer(layer.Position, "Groups"),
        DiagnosticDescriptors.GroupsDoNotDivide,
        layer.Name,
        "channels of the input",
        NumberText.Of(channels),
        NumberText.Of(groups));

    /// <summary>What a layer says about a kernel: of more than two axes, so that no initializer can make it the identity.</summary>
    public static WeightSpec Kernel(LayerArguments arguments, string prefix)
    {
        WeightSpec kernel = arguments.Weights(prefix, Initializer.GlorotUniform, isMatrix: true);
        if (kernel.Initializer.Kind == Initializer.Identity)
        {
            arguments.Add(Problem.At(
                arguments.At(prefix + "Initializer"),
                DiagnosticDescriptors.InitializerNeedsTwoAxes,
                arguments.Name,
                prefix + "Initializer",
                nameof(Initializer.Identity)));
        }

        return kernel;
    }
}
