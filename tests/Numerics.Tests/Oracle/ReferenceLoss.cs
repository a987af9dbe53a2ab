namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A loss of one vector in double precision, and the production loss it stands for.</summary>
/// <param name="Loss">The production loss.</param>
internal abstract record ReferenceLoss(Loss Loss)
{
    // Keras clips to the single-precision neighbours of these.
    protected const double Low = 1e-7f;
    protected const double High = 1f - 1e-7f;

    /// <param name="p">The prediction.</param>
    /// <param name="y">The target.</param>
    /// <param name="slope">Receives ∂loss/∂p.</param>
    public abstract double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope);
}

internal sealed record ReferenceMeanSquaredError() : ReferenceLoss(new MeanSquaredError())
{
    public override double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += (p[i] - y[i]) * (p[i] - y[i]) / p.Length;
            slope[i] = 2 * (p[i] - y[i]) / p.Length;
        }

        return sum;
    }
}

internal sealed record ReferenceMeanAbsoluteError() : ReferenceLoss(new MeanAbsoluteError())
{
    public override double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += Math.Abs(p[i] - y[i]) / p.Length;
            slope[i] = (double)Math.Sign(p[i] - y[i]) / p.Length;
        }

        return sum;
    }
}

/// <summary>Over probabilities: with clipping as Keras defines it, without as the form at the logits is in exact arithmetic.</summary>
internal sealed record ReferenceBinaryCrossentropy(bool Clipped) : ReferenceLoss(new BinaryCrossentropy(fuse: !Clipped))
{
    public override double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            bool clips = Clipped && p[i] is < Low or > High;
            double q = Clipped ? Math.Clamp(p[i], Low, High) : p[i];
            sum -= ((y[i] * Math.Log(q)) + ((1 - y[i]) * Math.Log(1 - q))) / p.Length;
            slope[i] = clips ? 0 : (((1 - y[i]) / (1 - q)) - (y[i] / q)) / p.Length;
        }

        return sum;
    }
}

/// <inheritdoc cref="ReferenceBinaryCrossentropy"/>
internal sealed record ReferenceCategoricalCrossentropy(bool Clipped) : ReferenceLoss(new CategoricalCrossentropy(fuse: !Clipped))
{
    // p sums to 1 behind a softmax: dividing by the sum changes nothing, but it removes the mean from the slope.
    public override double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope)
    {
        double loss = 0;
        double projection = 0;
        for (int i = 0; i < p.Length; i++)
        {
            bool clips = Clipped && p[i] is < Low or > High;
            loss -= y[i] * Math.Log(Clipped ? Math.Clamp(p[i], Low, High) : p[i]);
            slope[i] = clips ? 0 : -y[i] / p[i];
            projection += p[i] * slope[i];
        }

        for (int i = 0; i < p.Length; i++)
        {
            slope[i] -= projection;
        }

        return loss;
    }
}

/// <inheritdoc cref="ReferenceBinaryCrossentropy"/>
internal sealed record ReferenceSparseCategoricalCrossentropy(bool Clipped) : ReferenceLoss(new SparseCategoricalCrossentropy(fuse: !Clipped))
{
    public override double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope)
    {
        double[] oneHot = new double[p.Length];
        oneHot[(int)y[0]] = 1;
        return new ReferenceCategoricalCrossentropy(Clipped).Evaluate(p, oneHot, slope);
    }
}

/// <summary>A loss as a user writes it, Σ(p − y)⁴, with the same formula as reference.</summary>
internal sealed record ReferenceUserLoss() : ReferenceLoss(new FourthPower())
{
    public override double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, Span<double> slope)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += Math.Pow(p[i] - y[i], 4);
            slope[i] = 4 * Math.Pow(p[i] - y[i], 3);
        }

        return sum;
    }

    private sealed class FourthPower : Loss
    {
        public override string Name => "fourth_power";

        public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            RequireLengths(prediction, target, gradient);
            float sum = 0f;
            for (int i = 0; i < prediction.Length; i++)
            {
                float error = prediction[i] - target[i];
                sum += error * error * error * error;
                if (!gradient.IsEmpty)
                {
                    gradient[i] = 4f * error * error * error;
                }
            }

            return sum;
        }
    }
}
