using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;

namespace Unroll.Generator.Shapes;

/// <summary>The inputs that hold ids: those that an embedding reads, as they are or reshaped.</summary>
internal static class IdInputs
{
    /// <summary>Embeddings of something else than ids of an input.</summary>
    public static IEnumerable<Problem> Faults(NetworkModel model)
    {
        foreach (LayerNode node in model.Nodes.Where(static node => node.Layer.Ids is not null))
        {
            if (SourceOf(model, node) is LayerNode source)
            {
                yield return Problem.At(
                    Place.Layer(node.Layer.Position), DiagnosticDescriptors.IdsAreComputed, node.Layer.Name, source.Layer.Name);
            }
        }
    }

    /// <summary>The embedding with the fewest ids among those that read an input; null where none does.</summary>
    public static Layer? ReaderOf(NetworkModel model, NetworkInput input) => model.Nodes
        .Where(node => node.Layer.Ids is not null && BeginningOf(model, node) == input.Name)
        .Select(static node => node.Layer)
        .OrderBy(static layer => layer.Ids)
        .FirstOrDefault();

    // The layer that computes what an embedding reads; null where that is an input.
    private static LayerNode? SourceOf(NetworkModel model, LayerNode embedding) => Find(model, BeginningOf(model, embedding));

    private static string BeginningOf(NetworkModel model, LayerNode embedding)
    {
        string name = embedding.Inputs[0];
        while (Find(model, name) is { Layer.IsReshape: true } reshape)
        {
            name = reshape.Inputs[0];
        }

        return name;
    }

    private static LayerNode? Find(NetworkModel model, string name) => model.Nodes.FirstOrDefault(node => node.Layer.Name == name);
}
