using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>Graphs for passes to work on.</summary>
internal static class PassGraphs
{
    /// <summary>The forward graph of some layers, before any pass.</summary>
    public static OpGraph Forward(string layers, string shape = "4") =>
        GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of($"[Network({shape})] {layers} public partial class Net;")).Network!);

    /// <summary>The same with the operations that have kernels.</summary>
    public static OpGraph Lowered(string layers, string shape = "4") => new LowerContractions().Apply(Forward(layers, shape));

    /// <summary>The same with its way back.</summary>
    public static OpGraph Backward(string layers, string shape = "4") =>
        new LowerContractions().Apply(GradientBuilder.AddBackward(Forward(layers, shape)));
}
