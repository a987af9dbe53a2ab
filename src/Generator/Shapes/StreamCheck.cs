using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>Finds what keeps a network from running along a stream, and gives it the shapes of a single step.</summary>
internal static class StreamCheck
{
    public static IEnumerable<Problem> Of(ShapedNetwork network)
    {
        NetworkModel model = network.Model;
        if (model.Inputs.Count != 1 || model.Inputs[0].Shape.Count != 2)
        {
            yield return Problem.At(
                Place.Network, DiagnosticDescriptors.NoStream, model.Header.DisplayName, string.Join(" and ", network.Inputs));
            yield break;
        }

        var sequences = new HashSet<string>(StringComparer.Ordinal) { model.Inputs[0].Name };
        foreach (ShapedLayer layer in network.Layers.Where(layer => layer.Node.Inputs.Any(sequences.Contains)))
        {
            if (layer.Layer.StreamObstacle(layer.Inputs) is string obstacle)
            {
                yield return Problem.At(Place.Layer(layer.Layer.Position), DiagnosticDescriptors.LayerDoesNotStream, layer.Layer.Name, obstacle);
                yield break;
            }

            if (layer.Layer.GivesSteps)
            {
                sequences.Add(layer.Layer.Name);
            }
        }
    }

    /// <summary>The network over sequences of one step.</summary>
    public static ShapedNetwork OneStep(ShapedNetwork network)
    {
        NetworkInput input = network.Model.Inputs[0];
        NetworkModel step = network.Model with
        {
            Inputs = EquatableArray.Of(input with { Shape = EquatableArray.Of(1, input.Shape[1]) }),
            IsStreaming = false,
            Pretrained = null,
        };
        return ShapeInference.Run(step).Network ?? throw new InvalidOperationException("a step of the stream has no shape");
    }
}
