using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The spatial axes of signals, [steps, channels], and of images, [rows, columns, channels].</summary>
internal static class ImageAxes
{
    /// <summary>What is wrong with an input that is no signal or image.</summary>
    public static Problem? Check(Layer layer, Shape input, int axes) => input.Rank == axes + 1 ? null : Problem.At(
        Place.Layer(layer.Position),
        DiagnosticDescriptors.InputIsNoImage,
        layer.Name,
        axes == 1 ? "a signal, steps × channels" : "an image, rows × columns × channels",
        NumberText.Of(input.Rank));

    /// <summary>One number an axis, each at least <paramref name="least"/>; a single number stands for all of them.</summary>
    public static EquatableArray<int> Read(LayerArguments arguments, string name, int axes, EquatableArray<int> fallback, int least = 1) => Read(
        arguments, name, axes, fallback, least, axes == 1 ? "a number" : "one number, or one for each of the two axes");

    /// <summary>The same where an argument may be more than that.</summary>
    /// <param name="expected">All that the argument may be, in words.</param>
    public static EquatableArray<int> Read(LayerArguments arguments, string name, int axes, EquatableArray<int> fallback, int least, string expected)
    {
        EquatableArray<int> given = arguments.Numbers(name)
            ?? (arguments.HasNumber(name) ? EquatableArray.Of(arguments.Int(name, fallback[0])) : fallback);
        if (given.Count == 1)
        {
            given = Enumerable.Repeat(given[0], axes).ToEquatableArray();
        }

        if (given.Count != axes || given.Any(value => value < least))
        {
            arguments.Add(Problem.At(
                arguments.At(name),
                DiagnosticDescriptors.NumbersAnAxis,
                arguments.Name,
                name,
                expected,
                NumberText.Of(least),
                List(given)));
            return fallback;
        }

        return given;
    }

    /// <summary>As many times the same number as there are axes.</summary>
    public static EquatableArray<int> All(int value, int axes) => Enumerable.Repeat(value, axes).ToEquatableArray();

    public static string List(EquatableArray<int> numbers) =>
        $"[{string.Join(", ", numbers.Select(static number => NumberText.Of(number)))}]";
}
