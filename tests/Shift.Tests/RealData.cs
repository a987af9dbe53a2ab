using System.IO.Compression;
using Unroll.Data;
using Unroll.Numerics;
using Unroll.Tests;

namespace Unroll.Shift.Tests;

/// <summary>Public data sets: the digits that come with a sample, and those in a directory <c>shared/data</c> beside the repository.</summary>
internal static class RealData
{
    private static readonly Lazy<(Dataset Training, Dataset Test)> s_mnist = new(static () => Mnist.Load(SharedData.PathOf("mnist")));

    /// <summary>1,797 images of 8 × 8 pixels from 0 to 1.</summary>
    public static Dataset Digits()
    {
        using Stream resource = typeof(RealData).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var text = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        Table table = Csv.Load(text, new CsvOptions { HasHeader = false }, "digits.csv.gz");
        Dataset data = table.ToDataset(table.ColumnsExcept("column65"), "column65");
        return new Dataset(Array.ConvertAll(data.Features.ToArray(), static ink => ink / 16), data.Targets.ToArray(), data.Count);
    }

    public static (Dataset Training, Dataset Test) MnistImages() => s_mnist.Value;

    public static (Dataset Wines, string[] Names) Wines()
    {
        Table table = Csv.Load(SharedData.PathOf("winequality-red.csv"), new CsvOptions { Separator = ';' });
        string[] names = [.. table.ColumnsExcept("quality")];
        return (table.ToDataset(names, "quality"), names);
    }

    /// <summary>Images of each class with a probability of its own.</summary>
    public static Dataset Thinned(Dataset images, float[] shares, ulong seed)
    {
        var random = new RandomSource(seed);
        return Draws.Rows(images, [.. Enumerable.Range(0, images.Count).Where(row => random.NextDouble() < shares[(int)images.TargetOf(row)[0]])]);
    }

    public static float[] FrequenciesOf(Dataset data, int classes)
    {
        float[] frequencies = new float[classes];
        foreach (float label in data.Targets)
        {
            frequencies[(int)label] += 1f / data.Count;
        }

        return frequencies;
    }

    public static float AccuracyOf(ReadOnlySpan<float> probabilities, Dataset data)
    {
        int right = 0;
        int[] answers = ClassProbabilities.From(probabilities, data.Count, nameof(probabilities)).Answers;
        for (int row = 0; row < data.Count; row++)
        {
            right += answers[row] == (int)data.TargetOf(row)[0] ? 1 : 0;
        }

        return (float)right / data.Count;
    }
}
