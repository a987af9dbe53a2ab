using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Finds embeddings of something else than ids of an input.</summary>
internal static class IdCheck
{
    public static IEnumerable<Problem> Of(NetworkModel model)
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
}
