using Unroll.Numerics;
using Unroll.Tests;

namespace Unroll.Shift.Tests;

/// <summary>Random samples, the same at every run.</summary>
internal sealed class Draws(ulong seed)
{
    public RandomSource Random { get; } = new(seed);

    /// <summary>Rows of independent standard normal values.</summary>
    public Dataset Normal(int count, int width)
    {
        float[] features = new float[count * width];
        Fill(features);
        return new Dataset(features, new float[count], count);
    }

    public void Fill(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)Random.NextNormal();
        }
    }

    /// <summary>The same rows, one feature of them moved and stretched.</summary>
    public static Dataset Moved(Dataset data, int feature, float shift, float scale = 1f)
    {
        float[] features = data.Features.ToArray();
        for (int i = feature; i < features.Length; i += data.FeatureSize)
        {
            features[i] = (features[i] * scale) + shift;
        }

        return new Dataset(features, data.Targets.ToArray(), data.Count);
    }

    /// <summary>Some rows, in this order.</summary>
    public static Dataset Rows(Dataset data, IReadOnlyList<int> rows)
    {
        float[] features = new float[rows.Count * data.FeatureSize];
        float[] targets = new float[rows.Count * data.TargetSize];
        for (int i = 0; i < rows.Count; i++)
        {
            data.FeaturesOf(rows[i]).CopyTo(features.AsSpan(i * data.FeatureSize));
            data.TargetOf(rows[i]).CopyTo(targets.AsSpan(i * data.TargetSize));
        }

        return new Dataset(features, targets, rows.Count);
    }

    public static Dataset Joined(Dataset first, Dataset second) => new(
        [.. first.Features, .. second.Features], [.. first.Targets, .. second.Targets], first.Count + second.Count);

    /// <summary>Skips a test of many draws, which takes minutes, unless campaigns are asked for.</summary>
    public static void RequireCampaign() => Assert.SkipUnless(Campaign.IsOn, "Takes minutes: UNROLL_CAMPAIGN=1 runs it.");
}
