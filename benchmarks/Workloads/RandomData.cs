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

    /// <summary>Inputs of a network: values in [0, 1), or ids.</summary>
    public static float[] Inputs(BenchmarkNetwork network, int samples)
    {
        float[] values = Uniform(samples * network.Inputs);
        return network.Ids == 0 ? values : Whole(values, network.Ids);
    }

    /// <summary>Inputs with targets in [0, 1), or with random labels where the network learns classes.</summary>
    public static Dataset Training(BenchmarkNetwork network, int samples)
    {
        float[] targets = network.Classifies ? Whole(Uniform(samples), network.Outputs) : Uniform(samples * network.Outputs);
        return new Dataset(Inputs(network, samples), targets, samples);
    }

    /// <summary>The same features with random labels.</summary>
    public static Dataset Labelled(Dataset data, int classes) =>
        new Dataset(data.Features.ToArray(), Whole(Uniform(data.Count), classes), data.Count);

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

    private static float[] Whole(float[] values, int count) => [.. values.Select(value => MathF.Floor(value * count))];
}
