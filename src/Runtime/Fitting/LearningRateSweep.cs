using System.Globalization;

namespace Unroll;

/// <summary>What <c>FindLearningRate</c> found: the loss at each of some growing learning rates.</summary>
public sealed class LearningRateSweep
{
    // The slope at a rate is that of the line to here on both sides: one step alone is noise.
    private const int Reach = 3;

    internal LearningRateSweep(float[] rates, float[] losses, float[] smoothedLosses)
    {
        Rates = rates;
        Losses = losses;
        SmoothedLosses = smoothedLosses;
        int least = smoothedLosses.Length == 0 ? -1 : Array.IndexOf(smoothedLosses, smoothedLosses.Min());
        RateOfLeastLoss = least < 0 ? float.NaN : rates[least];
        Suggestion = Steepest(least);
    }

    /// <summary>The rates, growing.</summary>
    public IReadOnlyList<float> Rates { get; }

    /// <summary>The loss of the batch that was learnt at each.</summary>
    public IReadOnlyList<float> Losses { get; }

    /// <summary>The same, averaged over the past with exponentially falling weights.</summary>
    public IReadOnlyList<float> SmoothedLosses { get; }

    /// <summary>The rate at which the smoothed loss falls fastest: a good one to begin with. NaN where it never falls.</summary>
    public float Suggestion { get; }

    /// <summary>The rate at which the smoothed loss is least: from here on steps are too large.</summary>
    public float RateOfLeastLoss { get; }

    /// <summary>The number of rates, and the two that matter.</summary>
    public override string ToString() => float.IsNaN(Suggestion)
        ? string.Create(CultureInfo.InvariantCulture, $"{Rates.Count} rates; the loss falls at none of them")
        : string.Create(CultureInfo.InvariantCulture, $"{Rates.Count} rates; the loss falls fastest at {Suggestion:g2}, is least at {RateOfLeastLoss:g2}");

    private float Steepest(int least)
    {
        float slope = 0f, rate = float.NaN;
        for (int i = Reach; i + Reach <= least; i++)
        {
            float change = SmoothedLosses[i + Reach] - SmoothedLosses[i - Reach];
            if (change < slope)
            {
                (slope, rate) = (change, Rates[i]);
            }
        }

        return rate;
    }
}
