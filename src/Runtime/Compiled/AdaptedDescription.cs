using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>A layer whose mean and variance are those of data: <c>Model.Adapt</c> measures them.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Mean">The parameter that is the mean.</param>
/// <param name="Variance">The parameter that is the variance.</param>
/// <param name="Source">The input whose values it reads, in their order; or the layer that changes them before.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record AdaptedDescription(string Layer, string Mean, string Variance, string Source);
