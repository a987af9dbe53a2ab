using Unroll;

/// <summary>Made-up data: the height of a wave, measured with some noise. Put your own in their place.</summary>
internal static class Waves
{
    public static Dataset Measure(int count, int seed)
    {
        var random = new Random(seed);
        float[] features = new float[count * Regression.InputSize];
        float[] heights = new float[count];
        for (int i = 0; i < count; i++)
        {
            float place = 100f * random.NextSingle();
            float time = 10f * random.NextSingle();
            features[2 * i] = place;
            features[(2 * i) + 1] = time;
            heights[i] = MathF.Sin((0.05f * place) - (0.3f * time)) + (0.05f * (random.NextSingle() - 0.5f));
        }

        return new Dataset(features, heights, count);
    }
}
