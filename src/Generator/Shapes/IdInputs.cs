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
            if (ValueSource.Find(model, ValueSource.Of(model, node)) is LayerNode source)
            {
                yield return Problem.At(
                    Place.Layer(node.Layer.Position), DiagnosticDescriptors.IdsAreComputed, node.Layer.Name, source.Layer.Name);
            }
        }
    }

    /// <summary>The embedding with the fewest ids among those that read an input; null where none does.</summary>
    public static Layer? ReaderOf(NetworkModel model, NetworkInput input) => model.Nodes
        .Where(node => node.Layer.Ids is not null && ValueSource.Of(model, node) == input.Name)
        .Select(static node => node.Layer)
        .OrderBy(static layer => layer.Ids)
        .FirstOrDefault();
}
