using Unroll.Measures;

namespace Unroll;

/// <summary>
/// The square root of the mean squared error over everything seen, <c>√(Σ (p − y)²/n)</c>. Called <c>root_mean_squared_error</c>.
/// </summary>
/// <remarks>Target: as long as the prediction. Definition: <c>keras.metrics.RootMeanSquaredError</c> (Keras 3).</remarks>
/// <example><code>model.Compile(new Adam(), new MeanSquaredError(), new RootMeanSquaredError());</code></example>
public sealed class RootMeanSquaredError : Metric
{
    private readonly Metric _meanSquaredError = new MeanSquaredError();

    /// <inheritdoc/>
    protected override string DefaultName => "root_mean_squared_error";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => false;

    /// <inheritdoc/>
    public override float Result => MathF.Sqrt(_meanSquaredError.Result);

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfPairs(target, outputs);

    /// <inheritdoc/>
    public override void Reset() => _meanSquaredError.Reset();

    internal override bool AddTo(MetricSums sums) => _meanSquaredError.AddTo(sums);

    /// <inheritdoc/>
    protected internal override Metric Copy() => new RootMeanSquaredError { Name = Name };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The target is not as long as the prediction.</exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f) =>
        _meanSquaredError.Update(prediction, target, weight);
}
