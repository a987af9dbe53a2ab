using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>What the domain classifier sees of a row: its standardized features, their squares, and random Fourier features.</summary>
/// <remarks>
/// <para><c>φ(x) = [z, (z² − 1)/√2, √2·cos(w·z + b)…]</c> with z the standardized features, w drawn from a normal distribution whose deviation
/// is 1/s, s the median distance of rows, and b uniform. A logarithm of a ratio of normal densities is linear in the first two parts; products
/// of the third approach a Gaussian kernel of width s, so that any difference shows with enough of them (Rahimi and Recht, "Random features for
/// large-scale kernel machines", 2007).</para>
/// </remarks>
internal sealed class FeatureMap
{
    private const int FourierFeatures = 100;
    private const int RowsForWidth = 200;

    private readonly Standardization _standardization;
    private readonly float[] _frequencies;
    private readonly float[] _phases;
    private readonly int _features;

    public FeatureMap(Dataset source, Dataset target, RandomSource random)
    {
        _features = source.FeatureSize;
        _standardization = new Standardization(source, target);
        float inverse = 1 / MathF.Sqrt(MedianOfSquares(source, target, random));
        _frequencies = new float[FourierFeatures * _features];
        _phases = new float[FourierFeatures];
        for (int i = 0; i < _frequencies.Length; i++)
        {
            _frequencies[i] = (float)random.NextNormal() * inverse;
        }

        for (int i = 0; i < _phases.Length; i++)
        {
            _phases[i] = (float)(2 * Math.PI * random.NextDouble());
        }
    }

    /// <summary>The number of values of φ.</summary>
    public int Width => (2 * _features) + FourierFeatures;

    public void Apply(ReadOnlySpan<float> features, Span<float> result)
    {
        Span<float> standardized = result[.._features];
        _standardization.Apply(features, standardized);
        for (int i = 0; i < _features; i++)
        {
            result[_features + i] = ((standardized[i] * standardized[i]) - 1) * 0.70710678f;
        }

        for (int i = 0; i < FourierFeatures; i++)
        {
            float angle = VectorProduct.Dot(_frequencies.AsSpan(i * _features, _features), standardized) + _phases[i];
            result[(2 * _features) + i] = 1.41421356f * MathF.Cos(angle);
        }
    }

    private float MedianOfSquares(Dataset source, Dataset target, RandomSource random)
    {
        float[] rows = new float[RowsForWidth * _features];
        for (int row = 0; row < RowsForWidth; row++)
        {
            Dataset data = row % 2 == 0 ? source : target;
            _standardization.Apply(data.FeaturesOf(random.NextInt(data.Count)), rows.AsSpan(row * _features, _features));
        }

        float[] squares = new float[RowsForWidth * RowsForWidth];
        for (int i = 0; i < RowsForWidth; i++)
        {
            for (int j = 0; j < i; j++)
            {
                squares[(i * RowsForWidth) + j] = SquaredDistance.Of(
                    rows.AsSpan(i * _features, _features), rows.AsSpan(j * _features, _features));
            }
        }

        return SquaredDistance.Median(squares, RowsForWidth);
    }
}
