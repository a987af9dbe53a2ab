namespace Unroll.Benchmarks;

/// <summary>Data of the size that a benchmark needs, the same in every run.</summary>
public static class RandomData
{
    /// <summary>Values in [0, 1).</summary>
    public static float[] Uniform(int count)
    {
        var random = new Random(1);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle();
        }

        return values;
    }

    /// <summary>Features and targets in [0, 1).</summary>
    public static Dataset Regression(Perceptron network, int samples) =>
        new(Uniform(samples * network.Inputs), Uniform(samples * network.Outputs), samples);

    /// <summary>The same features with random labels.</summary>
    public static Dataset Labelled(Dataset data, int classes)
    {
        float[] labels = [.. Uniform(data.Count).Select(value => MathF.Floor(value * classes))];
        return new Dataset(data.Features.ToArray(), labels, data.Count);
    }

    /// <summary>As MNIST: 784 pixels, of which most are 0 in most images and some in all, and ten classes.</summary>
    public static Dataset Digits(int samples)
    {
        const int Pixels = 784;
        var random = new Random(1);
        float[] images = new float[samples * Pixels];
        float[] labels = new float[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            labels[sample] = random.Next(10);
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                // The square: pixels at the beginning of the image are next to never set, those at its end in every third.
                double share = (double)pixel / Pixels;
                images[(sample * Pixels) + pixel] = random.NextDouble() < share * share / 3 ? random.NextSingle() : 0f;
            }
        }

        return new Dataset(images, labels, samples);
    }
}
