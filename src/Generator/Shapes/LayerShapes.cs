using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>What each kind of layer makes of its input's shape. A new layer adds its rule here and its parameters to <see cref="ParameterShapes"/>.</summary>
internal static class LayerShapes
{
    /// <returns>The output's shape; null where the input does not fit, with the problem.</returns>
    public static Shape? OutputOf(LayerSpec spec, Shape input, out Problem? problem)
    {
        problem = spec switch
        {
            ReshapeSpec reshape => CheckReshape(reshape, input),
            PermuteSpec permute => CheckPermute(permute, input),
            RepeatVectorSpec repeat when input.Rank != 1 => Problem.At(
                Place.Layer(repeat.Position), DiagnosticDescriptors.RepeatVectorNeedsOneAxis, repeat.Name, Number(input.Rank)),
            ZeroPadding1DSpec padding when input.Rank != 2 => Problem.At(
                Place.Layer(padding.Position), DiagnosticDescriptors.PaddingNeedsTwoAxes, padding.Name, Number(input.Rank)),
            _ => null,
        };
        return problem is null ? OutputOf(spec, input) : null;
    }

    private static Shape OutputOf(LayerSpec spec, Shape input) => spec switch
    {
        DenseSpec dense => input.WithLast(dense.Units),
        FlattenSpec => Shape.Of((int)input.Size),
        ReshapeSpec reshape => Resolve(reshape, input),
        PermuteSpec permute => new Shape(permute.Axes.Select(axis => input[axis - 1]).ToEquatableArray()),
        RepeatVectorSpec repeat => Shape.Of(repeat.Count, input.Last),
        ZeroPadding1DSpec padding => Shape.Of(Sum(padding.Left, input[0], padding.Right), input.Last),
        ActivateSpec or PReluSpec or DropoutSpec or AlphaDropoutSpec or GaussianDropoutSpec or GaussianNoiseSpec => input,
        BatchNormalizationSpec or LayerNormalizationSpec or NormalizationSpec or RescalingSpec or ActivityRegularizationSpec => input,
        _ => throw new InvalidOperationException($"No shape rule for {spec.GetType().Name}."),
    };

    private static Problem? CheckReshape(ReshapeSpec reshape, Shape input)
    {
        long known = Known(reshape).Size;
        bool isOpen = reshape.Sizes.Contains(-1);
        if (isOpen ? input.Size % known == 0 : input.Size == known)
        {
            return null;
        }

        return Problem.At(
            Place.Layer(reshape.Position),
            DiagnosticDescriptors.ReshapeDoesNotFit,
            reshape.Name,
            Number(input.Size),
            new Shape(reshape.Sizes).ToString(),
            isOpen ? $"a multiple of {Number(known)}" : Number(known));
    }

    private static Problem? CheckPermute(PermuteSpec permute, Shape input) =>
        permute.Axes.OrderBy(static axis => axis).SequenceEqual(Enumerable.Range(1, input.Rank))
            ? null
            : Problem.At(
                Place.Layer(permute.Position),
                DiagnosticDescriptors.NoPermutation,
                permute.Name,
                Number(input.Rank),
                $"({string.Join(", ", permute.Axes.Select(static axis => Number(axis)))})");

    private static Shape Resolve(ReshapeSpec reshape, Shape input)
    {
        int open = (int)(input.Size / Known(reshape).Size);
        return new Shape(reshape.Sizes.Select(size => size == -1 ? open : size).ToEquatableArray());
    }

    private static Shape Known(ReshapeSpec reshape) => new(reshape.Sizes.Where(static size => size != -1).ToEquatableArray());

    // What exceeds int exceeds the limits of memory, where it is reported.
    private static int Sum(params long[] sizes) => (int)Math.Min(sizes.Sum(), int.MaxValue);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
