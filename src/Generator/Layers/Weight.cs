using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>One parameter of a layer.</summary>
/// <param name="Part">Its name in the layer: <c>kernel</c>.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Spec">How it starts, what it costs, what it is brought back to.</param>
/// <param name="IsTrained">Whether an optimizer changes it; else only data does.</param>
/// <param name="Layout">How it lies in memory.</param>
internal sealed record Weight(
    string Part, Shape Shape, WeightSpec Spec, bool IsTrained = true, ParameterLayout Layout = ParameterLayout.Vectors);
