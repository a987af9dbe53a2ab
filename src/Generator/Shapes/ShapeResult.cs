using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Shapes;

/// <summary>What shape inference found: the network with its shapes, or the first error. One of the two is null.</summary>
internal sealed record ShapeResult(ShapedNetwork? Network, Problem? Error);
