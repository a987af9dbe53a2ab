namespace Unroll;

/// <summary>What <see cref="LayerStatistics"/> measured of one layer in one epoch; NaN where there is nothing to measure.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Activation">The activation whose value it gives.</param>
/// <param name="Parameters">The number of its trained values.</param>
public sealed record LayerStatistic(string Layer, Activation Activation, long Parameters)
{
    /// <summary>√Σw² over its trained parameters before an update, the mean over the steps measured.</summary>
    public float WeightNorm { get; init; } = float.NaN;

    /// <summary>√Σ(∂loss/∂w)², before any clipping, the mean over the steps measured.</summary>
    public float GradientNorm { get; init; } = float.NaN;

    /// <summary>√Σ(Δw)² of what the optimizer added, the mean over the steps measured.</summary>
    public float UpdateNorm { get; init; } = float.NaN;

    /// <summary><see cref="UpdateNorm"/> / <see cref="WeightNorm"/>: about 0.001 where training goes well (Karpathy, CS231n).</summary>
    public float UpdateRatio => WeightNorm > 0f ? UpdateNorm / WeightNorm : float.NaN;

    /// <summary>
    /// The share of units, positions of the last axis, that were 0 for all rows: of activations that have no slope there, as ReLU. Such a
    /// unit learns nothing from these rows.
    /// </summary>
    public float DeadUnits { get; init; } = float.NaN;

    /// <summary>
    /// The share of values where a bounded activation, as a sigmoid, has less than a twentieth of its steepest slope.
    /// </summary>
    public float Saturation { get; init; } = float.NaN;

    /// <summary>The values that 5, 25, 50, 75 and 95 % of the layer's outputs do not exceed; empty where they were not looked at.</summary>
    public IReadOnlyList<float> Quantiles { get; init; } = [];
}
