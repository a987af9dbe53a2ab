using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Finds what keeps a network from running along a stream.</summary>
internal static class StreamCheck
{
    public static IEnumerable<Problem> Of(ShapedNetwork network)
    {
        NetworkModel model = network.Model;
        int[] steps = [.. model.Inputs.Where(StreamedValues.IsSequence).Select(static input => input.Shape[0]).Distinct()];
        if (steps.Length != 1 || model.Inputs.Any(static input => input.Shape.Count > 2))
        {
            return
            [
                Problem.At(Place.Network, DiagnosticDescriptors.NoStream, model.Header.DisplayName, string.Join(" and ", network.Inputs)),
            ];
        }

        var values = new StreamedValues(model.Inputs);
        foreach (ShapedLayer layer in network.Layers)
        {
            string? obstacle = values.ReadsSteps(layer.Node) ? layer.Layer.StreamObstacle(layer.Inputs) ?? ChangingSteps(values, layer) : null;
            obstacle ??= Difference(values, layer.Node.Inputs, "its inputs");
            if (obstacle is null)
            {
                values.Add(layer);
                obstacle = TooFarApart(values[layer.Layer.Name].Arrival);
            }

            if (obstacle is not null)
            {
                return [ProblemOf(layer.Layer, obstacle)];
            }
        }

        return Difference(values, model.Outputs.Select(static output => output.Layer), "the outputs of the network") is string difference
            ? [ProblemOf(network.Layers.First(layer => layer.Layer.Name == model.Outputs[0].Layer).Layer, difference)]
            : [];
    }

    private static Problem ProblemOf(Layer layer, string obstacle) =>
        Problem.At(Place.Layer(layer.Position), DiagnosticDescriptors.LayerDoesNotStream, layer.Name, obstacle);

    // A stream has seen what it would have to see again, or has one step where another part belongs to each.
    private static string? ChangingSteps(StreamedValues values, ShapedLayer layer)
    {
        StreamedValue[] read = [.. values.ReadBy(layer.Node)];
        if (layer.Layer.LooksBack && read.Any(static value => value is { HasSteps: true, ChangesWithEach: true }))
        {
            return "it looks back to steps that change when the next one comes, for they are joined with what all steps have left";
        }

        int rank = layer.Inputs.Where((_, input) => read[input].HasSteps).Max(static shape => shape.Rank);
        bool hasParts = layer.Inputs
            .Where((shape, input) => !read[input].HasSteps && read[input].Depth == layer.Steps.Count && shape.Rank == rank && shape[0] > 1)
            .Any();
        return hasParts ? "it joins each step with a part of its own of a value that has no steps" : null;
    }

    // What comes at one step would have to wait for what comes at another.
    private static string? Difference(StreamedValues values, IEnumerable<string> names, string what)
    {
        string[] all = [.. names.Distinct()];
        return all.Select(name => values[name].Arrival).Distinct().Count() > 1
            ? $"{what} must come at the same steps, but {string.Join(" and ", all.Select(name => $"{name} comes {values[name].Arrival}"))}"
            : null;
    }

    private static string? TooFarApart(Arrival arrival) => Math.Max(arrival.Period, arrival.First) > Arrival.MostSteps
        ? $"its output comes less often than every {Arrival.MostSteps.ToString(CultureInfo.InvariantCulture)} steps"
        : null;
}
