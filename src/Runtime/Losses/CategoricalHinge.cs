namespace Unroll;

/// <summary>
/// Categorical hinge loss of a vector of K scores: <c>L = max(maxᵢ (1 − yᵢ)·pᵢ − Σᵢ yᵢ·pᵢ + 1, 0)</c>.
/// </summary>
/// <remarks>
/// Target: as long as the prediction, one-hot. The derivative is that of the terms that decide: −y for all, + (1 − y) for the first
/// largest of the wrong classes; 0 where L is 0. Definition: <c>keras.losses.CategoricalHinge</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new SGD(), new CategoricalHinge(), new Accuracy());</code></example>
public sealed class CategoricalHinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_hinge";

    /// <inheritdoc/>
    public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
    {
        RequireLengths(prediction, target, gradient);
        float right = 0f;
        float wrong = float.NegativeInfinity;
        int strongest = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            right += target[i] * prediction[i];
            float other = (1f - target[i]) * prediction[i];
            if (other > wrong)
            {
                wrong = other;
                strongest = i;
            }
        }

        float loss = MathF.Max(wrong - right + 1f, 0f);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = loss > 0f ? -target[i] : loss;
        }

        if (!gradient.IsEmpty && loss > 0f)
        {
            gradient[strongest] += 1f - target[strongest];
        }

        return loss;
    }
}
