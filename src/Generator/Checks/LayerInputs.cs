using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Adds to what is wrong with a layer the shape of its input, where the layers before it are sound enough to tell.</summary>
internal static class LayerInputs
{
    /// <param name="problems">What is wrong with one network.</param>
    /// <param name="draft">The network as far as it could be read.</param>
    public static EquatableArray<Problem> AddTo(EquatableArray<Problem> problems, NetworkModel draft)
    {
        bool knowsInputs = draft.Inputs.Count > 0 && draft.Inputs.All(static input => input.Shape.Count > 0 && input.Shape.All(static size => size > 0));
        if (!knowsInputs || problems.Any(static problem => problem.Place is NetworkPlace { Axis: not null }))
        {
            return problems;
        }

        // What a layer in error makes of its input is anyone's guess.
        int known = problems.Where(static problem => problem.IsError).Select(static problem => problem.Place.LayerPosition).Min() ?? int.MaxValue;
        return problems
            .Select(problem => problem.Place.LayerPosition is int position && position <= known && At(position, draft) is { } shape
                ? problem.AtInput(shape.ToString())
                : problem)
            .ToEquatableArray();
    }

    /// <returns>The first input of the layer at a position; null where no shape is known there.</returns>
    private static Shape? At(int position, NetworkModel draft)
    {
        var shapes = draft.Inputs.ToDictionary(static input => input.Name, static input => new Shape(input.Shape), StringComparer.Ordinal);
        Shape? above = shapes[draft.Inputs[0].Name];
        foreach (LayerNode node in draft.Nodes)
        {
            Shape?[] inputs = [.. node.Inputs.Select(name => shapes.TryGetValue(name, out Shape? shape) ? shape : null)];
            if (node.Layer.Position == position)
            {
                return inputs.Length == 0 ? null : inputs[0];
            }

            // What ends a block stands behind it, but has its place before it.
            if (node.Layer.Position > position && !node.Layer.EndsBlock)
            {
                continue;
            }

            above = node.Layer.Position < position && inputs.All(static input => input is not null && !IsTooLarge(input))
                ? node.Layer.Infer([.. inputs.OfType<Shape>()]).Shape
                : null;
            if (above is not null)
            {
                shapes[node.Layer.Name] = above;
            }
        }

        // No layer could be read there: a block that is none, say, or an attribute that is no layer.
        return above;
    }

    private static bool IsTooLarge(Shape shape) => shape.PaddedSize > MemoryLimits.SampleValues;
}
