using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>Adds to what is wrong with a layer the shape of its input, where the layers before it are sound enough to tell.</summary>
internal static class LayerInputs
{
    /// <param name="problems">What is wrong with one network.</param>
    /// <param name="draft">The network as far as it could be read.</param>
    public static EquatableArray<Problem> AddTo(EquatableArray<Problem> problems, NetworkModel draft)
    {
        if (draft.InputShape.Count == 0 || draft.InputShape.Any(static size => size < 1) || problems.Any(static problem => problem.Place is NetworkPlace { Axis: not null }))
        {
            return problems;
        }

        // What a layer in error makes of its input is anyone's guess.
        int known = problems.Where(static problem => problem.IsError).Select(static problem => problem.Place.LayerPosition).Min() ?? int.MaxValue;
        var input = new Shape(draft.InputShape);
        return problems
            .Select(problem => problem.Place.LayerPosition is int position && position <= known && At(position, draft.Layers, input) is { } shape
                ? problem.AtInput(shape.ToString())
                : problem)
            .ToEquatableArray();
    }

    /// <returns>The input of the layer at a position; null where no shape is known there.</returns>
    private static Shape? At(int position, EquatableArray<LayerSpec> layers, Shape input)
    {
        Shape? shape = input;
        for (int i = 0; i < layers.Count && shape is not null && layers[i].Position < position; i++)
        {
            if (layers[i] is not ResidualSpec residual)
            {
                shape = IsTooLarge(shape) ? null : LayerShapes.OutputOf(layers[i], shape, out _);
            }
            else if (i + 1 == layers.Count || layers[i + 1].Position > position)
            {
                // Behind the last layer that could be read of a body: in the body or after it, who knows.
                return residual.Body.Count > 0 && residual.Body[residual.Body.Count - 1].Position >= position
                    ? At(position, residual.Body, shape)
                    : null;
            }
        }

        return shape;
    }

    private static bool IsTooLarge(Shape shape) => shape.PaddedSize > MemoryLimits.SampleValues;
}
