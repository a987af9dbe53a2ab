using System.IO.Compression;
using Unroll.Data;

namespace Unroll.Reports.Tests;

/// <summary>Data of the tests: real ones, and ones made to be learnt in a known way.</summary>
internal static class Samples
{
    /// <summary>Three clouds of points, each around a corner of its own.</summary>
    public static Dataset Clouds(int count, int features, int seed = 1, float scale = 1f, int classes = 3)
    {
        var random = new Random(seed);
        float[] values = new float[count * features];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = row % classes;
            for (int i = 0; i < features; i++)
            {
                float center = i % classes == row % classes ? 1f : 0f;
                values[(row * features) + i] = scale * (center + (float)Normal(random, 0.25));
            }
        }

        return new Dataset(values, labels, count);
    }

    /// <summary>Normal features and the target of each sample, which may change the features.</summary>
    public static Dataset Made(int count, int features, Func<float[], Random, float> target, int seed = 1)
    {
        var random = new Random(seed);
        float[] values = new float[count * features];
        float[] targets = new float[count];
        for (int row = 0; row < count; row++)
        {
            float[] sample = [.. Enumerable.Range(0, features).Select(_ => (float)Normal(random, 1))];
            targets[row] = target(sample, random);
            sample.CopyTo(values, row * features);
        }

        return new Dataset(values, targets, count);
    }

    public static Dataset Digits()
    {
        using Stream resource = typeof(Samples).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var text = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        Table table = Csv.Load(text, new CsvOptions { HasHeader = false }, "digits.csv.gz");
        Dataset data = table.ToDataset(table.ColumnsExcept("column65"), "column65");
        return new Dataset([.. data.Features.ToArray().Select(static pixel => pixel / 16f)], data.Targets.ToArray(), data.Count).Shuffle(seed: 1);
    }

    public static double Normal(Random random, double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
