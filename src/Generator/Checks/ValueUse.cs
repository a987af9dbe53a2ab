using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;

namespace Unroll.Generator.Checks;

/// <summary>Finds layers and inputs that lead to no output: they would be computed, and their parameters trained, for nothing.</summary>
internal static class ValueUse
{
    public static IEnumerable<Problem> Unused(NetworkModel model)
    {
        var used = new HashSet<string>(model.Outputs.Select(static output => output.Layer), StringComparer.Ordinal);
        foreach (LayerNode node in model.Nodes.Reverse())
        {
            if (used.Contains(node.Layer.Name) && node.Layer.ReadsValues)
            {
                used.UnionWith(node.Inputs);
            }
        }

        foreach (NetworkInput input in model.Inputs.Where(input => !used.Contains(input.Name)))
        {
            Place place = input.Position is int position ? Place.Layer(position) : Place.Network;
            yield return Problem.At(place, DiagnosticDescriptors.UnusedValue, $"Input {input.Name}");
        }

        foreach (LayerNode node in model.Nodes.Where(node => !used.Contains(node.Layer.Name)))
        {
            yield return Problem.At(Place.Layer(node.Layer.Position), DiagnosticDescriptors.UnusedValue, $"Layer {node.Layer.Name}");
        }
    }
}
