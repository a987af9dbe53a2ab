using System.IO.Compression;
using Unroll.Data;

namespace Unroll.Samples;

/// <summary>Images of handwritten digits as data sets: pixels from 0 (paper) to 1 (ink), targets 0 to 9.</summary>
internal static class DigitData
{
    private const int Classes = 10;

    /// <summary>The Optical Recognition of Handwritten Digits data, embedded in this program; see Data/ATTRIBUTION.md.</summary>
    public static Dataset LoadOptical()
    {
        const string Name = "digits.csv.gz";
        const string Label = "column65";
        const float Ink = 16f;

        using Stream resource = typeof(DigitData).Assembly.GetManifestResourceStream(Name)!;
        using var text = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        Table table = Csv.Load(text, new CsvOptions { HasHeader = false }, Name);
        Dataset data = table.ToDataset(table.ColumnsExcept(Label), Label);

        float[] pixels = data.Features.ToArray();
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] /= Ink;
        }

        return new Dataset(pixels, data.Targets.ToArray(), data.Count);
    }

    /// <summary>MNIST from its four IDX files.</summary>
    /// <exception cref="InvalidDataException">The files are damaged, or hold something else than MNIST does.</exception>
    public static (Dataset Training, Dataset Test) LoadMnist(string directory)
    {
        (Dataset training, Dataset test) = Mnist.Load(directory);
        if (training.FeatureSize != MnistClassifier.InputSize)
        {
            throw new InvalidDataException(
                $"{directory}: expected images of {MnistClassifier.InputSize} pixels (28 × 28), but found {training.FeatureSize}.");
        }

        foreach (Dataset part in new[] { training, test })
        {
            foreach (float label in part.Targets)
            {
                if (label >= Classes)
                {
                    throw new InvalidDataException($"{directory}: expected labels of 0 to {Classes - 1}, but found {label}.");
                }
            }
        }

        return (training, test);
    }
}
