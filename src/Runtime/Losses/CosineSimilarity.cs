using Unroll.Measures;

namespace Unroll;

/// <summary>
/// Negative cosine similarity of two vectors, <c>L = −Σᵢ p̂ᵢ·ŷᵢ</c> with <c>v̂ = v/max(‖v‖, 1e-7)</c>: −1 for the same direction, 1 for the
/// opposite one.
/// </summary>
/// <remarks>
/// Target: as long as the prediction. The derivative is <c>−(ŷ − p̂·(p̂·ŷ))/‖p‖</c>. Definition: <c>keras.losses.CosineSimilarity</c>
/// (Keras 3). As a metric it is the similarity itself, without the minus, as <c>keras.metrics.CosineSimilarity</c>.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new MeanSquaredError(), new CosineSimilarity());</code></example>
public sealed class CosineSimilarity : Loss
{
    /// <inheritdoc/>
    public override string Name => "cosine_similarity";

    /// <inheritdoc/>
    public override Metric ToMetric() => ToMetric(negated: true);

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);

        // In double: the squares of large or small floats leave the range of float.
        double product = 0;
        double predictionSquares = 0;
        double targetSquares = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            product += (double)prediction[i] * target[i];
            predictionSquares += (double)prediction[i] * prediction[i];
            targetSquares += (double)target[i] * target[i];
        }

        double length = Math.Max(Math.Sqrt(predictionSquares), Probability.Epsilon);
        double targetLength = Math.Max(Math.Sqrt(targetSquares), Probability.Epsilon);
        double similarity = product / (length * targetLength);

        // Below the bound the length is a constant, and with it the second term of the derivative is gone.
        double along = length > Probability.Epsilon ? similarity / length : 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (float)(((prediction[i] * along) - (target[i] / targetLength)) / length);
        }

        return (float)-similarity;
    }
}
