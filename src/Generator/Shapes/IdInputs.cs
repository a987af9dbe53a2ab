using Unroll.Generator.Layers;

namespace Unroll.Generator.Shapes;

/// <summary>The inputs that hold ids: those that an embedding reads, as they are or reshaped.</summary>
internal static class IdInputs
{
    /// <summary>The embedding with the fewest ids among those that read an input; null where none does.</summary>
    public static Layer? ReaderOf(NetworkModel model, NetworkInput input) => model.Nodes
        .Where(node => node.Layer.Ids is not null && ValueSource.Of(model, node) == input.Name)
        .Select(static node => node.Layer)
        .OrderBy(static layer => layer.Ids)
        .FirstOrDefault();
}
