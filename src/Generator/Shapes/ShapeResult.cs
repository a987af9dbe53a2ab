using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>What shape inference found: the shaped network unless a problem is an error, and every problem, warnings included.</summary>
internal sealed record ShapeResult(ShapedNetwork? Network, EquatableArray<Problem> Problems);
