using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>Warnings about stacks of layers that compile but rarely say what was meant.</summary>
internal static class LayerAdvice
{
    private const string ActivationArgument = "activation";

    public static IEnumerable<Problem> Of(ShapedNetwork network) => Of(network.Layers, next: null);

    /// <param name="layers">A network's, or those inside a residual connection.</param>
    /// <param name="next">What follows the last of them.</param>
    private static IEnumerable<Problem> Of(EquatableArray<ShapedLayer> layers, ShapedLayer? next)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            ShapedLayer layer = layers[i];
            foreach (Problem problem in Of(layer.Body, layer))
            {
                yield return problem;
            }

            Activation activation = ActivationOf(layer.Spec);
            if (activation == Activation.Linear)
            {
                continue;
            }

            Place place = Place.Layer(layer.Spec.Position, ActivationArgument);
            ShapedLayer? before = Neighbour(layers, i, step: -1);
            ShapedLayer? after = Neighbour(layers, i, step: 1) ?? next;
            if (layer.Spec is ActivateSpec && before is not null && ActivationOf(before.Spec) != Activation.Linear)
            {
                yield return Problem.At(
                    place,
                    DiagnosticDescriptors.ActivationAfterActivation,
                    layer.Spec.Name,
                    activation.ToString(),
                    before.Spec.Name,
                    ActivationOf(before.Spec).ToString());
            }

            if (activation == Activation.Softmax && after is not null)
            {
                yield return Problem.At(place, DiagnosticDescriptors.SoftmaxBeforeLastLayer, layer.Spec.Name, after.Spec.Name);
            }

            if (activation == Activation.Softmax && layer.Output.Last == 1)
            {
                yield return Problem.At(place, DiagnosticDescriptors.SoftmaxOverOneValue, layer.Spec.Name, layer.Output.ToString());
            }

            if (activation == Activation.Softmax && after is null && layer.Output.Rows > 1 && layer.Output.Last > 1 && !layers.Any(ChangesPositions))
            {
                yield return Problem.At(place, DiagnosticDescriptors.SoftmaxAtSeveralPositions, layer.Spec.Name, layer.Output.ToString());
            }

            if (activation == Activation.Sigmoid && after is null && layer.Output.Size > 1)
            {
                string outputs = layer.Output.Size.ToString(CultureInfo.InvariantCulture);
                yield return Problem.At(place, DiagnosticDescriptors.WideSigmoidHead, layer.Spec.Name, outputs);
            }
        }
    }

    private static Activation ActivationOf(LayerSpec spec) => spec switch
    {
        DenseSpec dense => dense.Activation,
        ActivateSpec activate => activate.Activation,
        _ => Activation.Linear,
    };

    // Who changes positions on the way has them in mind at the end.
    private static bool ChangesPositions(ShapedLayer layer) => layer.Spec is FlattenSpec or ReshapeSpec or RepeatVectorSpec or PermuteSpec;

    // Flatten and Reshape only rename positions, so the layers on their two sides are neighbours.
    private static ShapedLayer? Neighbour(EquatableArray<ShapedLayer> layers, int index, int step)
    {
        for (int i = index + step; i >= 0 && i < layers.Count; i += step)
        {
            if (layers[i].Spec is not (FlattenSpec or ReshapeSpec))
            {
                return layers[i];
            }
        }

        return null;
    }
}
