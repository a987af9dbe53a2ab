using Unroll.Generator.Graph;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>Graphs for passes to work on.</summary>
internal static class PassGraphs
{
    /// <summary>The forward graph of some layers, before any pass.</summary>
    public static OpGraph Forward(string layers, string shape = "4") =>
        GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of($"[Network({shape})] {layers} public partial class Net;")).Network!);
}
