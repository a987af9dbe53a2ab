using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>
/// The coefficient of determination, <c>R² = 1 − Σ (y − p)²/Σ (y − ȳ)²</c>: 1 for perfect predictions, 0 for those as good as the mean.
/// Called <c>r2_score</c>.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. With regressors it is the adjusted score <c>1 − (1 − R²)·(n − 1)/(n − regressors − 1)</c>, n the
/// number of target values seen, while there are more than regressors + 1 of them. Where all targets are equal it is 0, or NaN if they
/// are also met exactly. Definition: <c>keras.metrics.R2Score</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new MeanSquaredError(), new R2Score());</code></example>
public sealed class R2Score : Metric
{
    // 2⁻⁵³: what one addition in double precision may lose.
    private const double Rounding = 1.1102230246251565e-16;

    private readonly R2Aggregation _aggregation;
    private readonly int _regressors;
    private double[] _sums = [];
    private double[] _squares = [];
    private double[] _residuals = [];
    private double _weight;
    private long _values;

    /// <summary>Chooses the aggregation and the adjustment.</summary>
    /// <param name="aggregation">How the scores of several outputs become one.</param>
    /// <param name="regressors">The number of independent regressors for the adjusted score; 0 is the plain one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The aggregation is unknown or the number negative.</exception>
    public R2Score(R2Aggregation aggregation = R2Aggregation.UniformAverage, int regressors = 0)
    {
        _aggregation = Require.Defined(aggregation);
        _regressors = Require.AtLeast(0, regressors);
    }

    /// <inheritdoc/>
    protected override string DefaultName => "r2_score";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override float Result
    {
        get
        {
            if (_weight == 0)
            {
                return 0f;
            }

            double score = Aggregate();
            return (float)(_regressors == 0 || _regressors >= _values - 1
                ? score
                : 1 - ((1 - score) * (_values - 1) / (_values - _regressors - 1)));
        }
    }

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfPairs(target, outputs);

    /// <inheritdoc/>
    public override void Reset()
    {
        // As long as before: processes that see nothing until the sums are added up have as many.
        Array.Clear(_sums);
        Array.Clear(_squares);
        Array.Clear(_residuals);
        _weight = 0;
        _values = 0;
    }

    internal override bool AddTo(MetricSums sums)
    {
        double values = _values;
        sums.Add(_sums);
        sums.Add(_squares);
        sums.Add(_residuals);
        sums.Add(ref _weight);
        sums.Add(ref values);
        _values = (long)values;
        return true;
    }

    /// <inheritdoc/>
    protected internal override Metric Copy() => new R2Score(_aggregation, _regressors) { Name = Name };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The target is not as long as the prediction, or the number of outputs changed.
    /// </exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        if (prediction.IsEmpty || target.Length != prediction.Length)
        {
            throw new ArgumentException(
                $"{Name}: {FaultOfPairs(target, prediction.Length)}.",
                nameof(target));
        }

        if (_values == 0 && _sums.Length != prediction.Length)
        {
            _sums = new double[prediction.Length];
            _squares = new double[prediction.Length];
            _residuals = new double[prediction.Length];
        }

        RequireClasses(_sums.Length, prediction);
        for (int i = 0; i < prediction.Length; i++)
        {
            double y = target[i];
            double error = y - prediction[i];
            _sums[i] += weight * y;
            _squares[i] += weight * y * y;
            _residuals[i] += weight * error * error;
        }

        _weight += weight;
        _values += prediction.Length;
    }

    private double Aggregate()
    {
        double scores = 0;
        double weights = 0;
        for (int i = 0; i < _sums.Length; i++)
        {
            double total = _squares[i] - (_sums[i] * _sums[i] / _weight);
            if (total <= _values * Rounding * _squares[i])
            {
                // No more than the sums may be rounded by: the targets are equal.
                total = 0;
            }

            double score = 1 - (_residuals[i] / total);
            double weight = _aggregation == R2Aggregation.UniformAverage ? 1 : total;
            scores += weight * (double.IsInfinity(score) ? 0 : score);
            weights += weight;
        }

        return scores / weights;
    }
}
