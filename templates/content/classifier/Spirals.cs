using Unroll;

/// <summary>Made-up data: points on three arms of a spiral. Put your own in their place.</summary>
internal static class Spirals
{
    private const int Arms = 3;

    public static Dataset Draw(int count, int seed)
    {
        var random = new Random(seed);
        float[] features = new float[count * Classifier.InputSize];
        float[] classes = new float[count];
        for (int i = 0; i < count; i++)
        {
            int arm = i % Arms;
            float radius = random.NextSingle();
            float angle = (4f * radius) + (MathF.Tau * arm / Arms) + (0.2f * random.NextSingle());
            features[2 * i] = radius * MathF.Cos(angle);
            features[(2 * i) + 1] = radius * MathF.Sin(angle);
            classes[i] = arm;
        }

        return new Dataset(features, classes, count);
    }
}
