using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>What is known of a network before it is compiled: itself unless a problem is an error, and every problem, errors first.</summary>
internal sealed record CheckResult(ShapedNetwork? Network, EquatableArray<Problem> Problems);
